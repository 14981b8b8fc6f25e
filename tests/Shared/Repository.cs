namespace Tokenfall.Tests;

/// <summary>Finds the repository's own files from a running test.</summary>
internal static class Repository
{
    /// <summary>The full path of a file or folder, given from the repository's root.</summary>
    internal static string PathOf(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Tokenfall.slnx")))
                return Path.Combine(folder.FullName, path);
        }

        throw new DirectoryNotFoundException($"No Tokenfall.slnx above {AppContext.BaseDirectory}: run the tests inside the repository.");
    }
}
