namespace Tokenfall.AspNetCore.Tests;

/// <summary>A test that needs curl, and is skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CurlFactAttribute : FactAttribute
{
    public CurlFactAttribute()
    {
        var folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, "curl")) || File.Exists(Path.Combine(folder, "curl.exe")))) Skip = "curl is not installed.";
    }
}
