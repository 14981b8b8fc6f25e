using System.Diagnostics;
using Tokenfall.Bench.Load;

namespace Tokenfall.Bench.Compare;

/// <summary>A server that brings the model's answer to readers.</summary>
/// <param name="name">For the command line and for records.</param>
/// <param name="title">For readers of the results.</param>
internal abstract class Contender(string name, string title)
{
    public string Name => name;

    public string Title => title;

    /// <summary>What a reader sends.</summary>
    public virtual byte[] Request => Requests.Post();

    /// <summary>Builds what has to be built, once before all measurements.</summary>
    /// <exception cref="InvalidOperationException">It cannot be built here; the message says why.</exception>
    public abstract Task PrepareAsync();

    /// <summary>The command that starts it; null where readers ask the model itself.</summary>
    /// <param name="port">Where on 127.0.0.1 it has to listen.</param>
    /// <param name="upstream">The model's address.</param>
    /// <param name="folder">A folder of its own for what it writes.</param>
    public abstract ProcessStartInfo? Command(int port, Uri upstream, string folder);
}
