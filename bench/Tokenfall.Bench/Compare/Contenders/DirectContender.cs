using System.Diagnostics;
using Tokenfall.Bench.Load;

namespace Tokenfall.Bench.Compare;

/// <summary>Nothing between the readers and the model: what the load itself costs.</summary>
internal sealed class DirectContender() : Contender("direct", "Direct: nobody between")
{
    public override byte[] Request => Requests.Model();

    public override Task PrepareAsync() => Task.CompletedTask;

    public override ProcessStartInfo? Command(int port, Uri upstream, string folder) => null;
}
