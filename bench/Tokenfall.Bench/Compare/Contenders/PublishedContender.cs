using System.Diagnostics;
using System.Globalization;
using Tokenfall.Tests;

namespace Tokenfall.Bench.Compare;

/// <summary>A .NET application, published as Release.</summary>
/// <param name="name">For the command line and for records.</param>
/// <param name="title">For readers of the results.</param>
/// <param name="project">The project file, from the repository's root.</param>
/// <param name="settings">Environment variables beside the model's; may name the contender's own folder as <c>{folder}</c>.</param>
internal sealed class PublishedContender(string name, string title, string project, params (string Name, string Value)[] settings)
    : Contender(name, title)
{
    private string Folder => Repository.PathOf($"artifacts/bench/{Name}");

    public override Task PrepareAsync() => Tool.RunAsync("dotnet", "publish", Repository.PathOf(project), "-c", "Release", "-o", Folder, "-v", "quiet", "--nologo");

    public override ProcessStartInfo Command(int port, Uri upstream, string folder)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        var command = new ProcessStartInfo(Path.Combine(Folder, Path.GetFileNameWithoutExtension(project)), ["--urls", address]) { WorkingDirectory = Folder };
        Tool.SetModel(command, upstream);
        foreach (var (setting, value) in settings) command.Environment[setting] = value.Replace("{folder}", folder, StringComparison.Ordinal);
        return command;
    }
}
