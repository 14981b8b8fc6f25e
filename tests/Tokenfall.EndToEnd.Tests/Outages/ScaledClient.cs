using System.Globalization;
using System.Text.RegularExpressions;
using Tokenfall.Tests;

namespace Tokenfall.EndToEnd.Tests.Outages;

/// <summary>A copy of the browser client in a folder of its own, all of whose times are scaled.</summary>
internal sealed partial class ScaledClient : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tokenfall-client-");

    public ScaledClient(double scale)
    {
        foreach (var file in Directory.GetFiles(Repository.PathOf("client/src"), "*.js"))
        {
            var text = File.ReadAllText(file);
            if (Path.GetFileName(file) == "timing.js")
                text = Time().Replace(text, time => $"= {Math.Round(double.Parse(time.Groups[1].Value.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * scale)};");
            File.WriteAllText(FileAt(Path.GetFileName(file)), text);
        }
        // Else Node.js would take them for CommonJS.
        File.WriteAllText(FileAt("package.json"), """{ "type": "module" }""");
    }

    public string FileAt(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);

    [GeneratedRegex(@"= ([\d_]+);")]
    private static partial Regex Time();
}
