namespace Tokenfall.EndToEnd.Tests;

/// <summary>Where the files of this repository are, seen from the test's output folder.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Tokenfall.slnx")))
                return folder.FullName;

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Tokenfall.slnx.");
    }
}
