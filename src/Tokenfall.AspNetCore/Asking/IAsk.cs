using Microsoft.AspNetCore.Http;

namespace Tokenfall.AspNetCore;

/// <summary>Reads a request and says who answers what.</summary>
internal interface IAsk
{
    /// <exception cref="RefusalException">The input is not acceptable.</exception>
    Task<Asked> ReadAsync(HttpContext context);
}

/// <summary>A request that was read and found good.</summary>
internal sealed record Asked(IModelSource Source, ModelRequest Request, DisconnectPolicy? Disconnect);
