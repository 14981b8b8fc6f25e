using Microsoft.Extensions.Options;

namespace Tokenfall;

/// <summary>Checks <see cref="TokenfallOptions"/> by their attributes. The code is generated, so it works in native binaries.</summary>
[OptionsValidator]
internal sealed partial class TokenfallOptionsValidator : IValidateOptions<TokenfallOptions>;
