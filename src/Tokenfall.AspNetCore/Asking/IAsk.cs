using Microsoft.AspNetCore.Http;

namespace Tokenfall.AspNetCore;

/// <summary>Reads a request and says who answers what.</summary>
internal interface IAsk
{
    /// <exception cref="RefusalException">The input is not acceptable.</exception>
    Task<Asked> ReadAsync(HttpContext context);
}

/// <summary>A request that was read and found good.</summary>
/// <param name="Source">Who answers.</param>
/// <param name="Request">What is asked.</param>
/// <param name="Disconnect">What the caller wants when nobody reads.</param>
/// <param name="Fingerprint">Makes a hash of all that was asked, to tell a repeat from another question. Only a call with a key needs it.</param>
internal sealed record Asked(IModelSource Source, ModelRequest Request, DisconnectPolicy? Disconnect, Func<string> Fingerprint);
