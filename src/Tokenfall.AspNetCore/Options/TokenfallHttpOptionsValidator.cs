using Microsoft.Extensions.Options;

namespace Tokenfall.AspNetCore;

/// <summary>Checks <see cref="TokenfallHttpOptions"/> by their attributes. The code is generated, so it works in native binaries.</summary>
[OptionsValidator]
internal sealed partial class TokenfallHttpOptionsValidator : IValidateOptions<TokenfallHttpOptions>;
