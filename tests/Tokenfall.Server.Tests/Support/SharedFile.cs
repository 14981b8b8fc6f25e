namespace Tokenfall.Server.Tests.Support;

/// <summary>Reads a file that the server has open.</summary>
internal static class SharedFile
{
    public static async Task<byte[]> ReadAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes);
        return bytes;
    }
}
