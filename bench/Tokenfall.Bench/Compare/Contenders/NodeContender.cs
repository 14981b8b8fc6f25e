using System.Diagnostics;
using System.Globalization;
using Tokenfall.Tests;

namespace Tokenfall.Bench.Compare;

/// <summary>A Node application in <c>bench/rivals/</c>: <c>server.mjs</c>, with the packages of its lock file.</summary>
internal sealed class NodeContender(string name, string title) : Contender(name, title)
{
    private string Folder => Repository.PathOf($"bench/rivals/{Name}");

    public override Task PrepareAsync() => Tool.RunAsync("npm", "ci", "--no-audit", "--no-fund", "--prefix", Folder);

    public override ProcessStartInfo Command(int port, Uri upstream, string folder)
    {
        var command = new ProcessStartInfo("node", ["server.mjs"]) { WorkingDirectory = Folder };
        Tool.SetModel(command, upstream);
        command.Environment["PORT"] = port.ToString(CultureInfo.InvariantCulture);
        command.Environment["NODE_ENV"] = "production";
        return command;
    }
}
