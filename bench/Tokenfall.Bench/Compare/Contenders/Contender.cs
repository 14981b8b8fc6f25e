using System.Diagnostics;
using Tokenfall.Bench.Load;

namespace Tokenfall.Bench.Compare;

/// <summary>A server that delivers the model's answer to readers.</summary>
/// <param name="name">The name on the command line and in records.</param>
/// <param name="title">The name on the page of results.</param>
internal abstract class Contender(string name, string title)
{
    public string Name => name;

    public string Title => title;

    /// <summary>The request of a reader.</summary>
    public virtual byte[] Request => Requests.Post();

    /// <summary>Builds it, once before all measurements.</summary>
    /// <exception cref="InvalidOperationException">It cannot be built here; the message says why.</exception>
    public abstract Task PrepareAsync();

    /// <summary>The command that starts it; null where readers connect to the model itself.</summary>
    /// <param name="port">The port on 127.0.0.1 to listen on.</param>
    /// <param name="upstream">The model's address.</param>
    /// <param name="folder">A folder of its own for what it writes.</param>
    public abstract ProcessStartInfo? Command(int port, Uri upstream, string folder);
}
