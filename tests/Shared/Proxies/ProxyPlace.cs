using System.Net;

namespace Tokenfall.Tests.Proxies;

/// <summary>Where one proxy lives: a folder of its own, two ports, and the certificate.</summary>
internal sealed class ProxyPlace : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tokenfall-proxy-");
    private readonly ReservedPort _http = new();
    private readonly ReservedPort _https = new();

    public ProxyPlace(Uri upstream)
    {
        Upstream = upstream;
        TestCertificate.Write(CertificateFile, KeyFile);
        File.WriteAllText(BundleFile, File.ReadAllText(CertificateFile) + "\n" + File.ReadAllText(KeyFile));
    }

    /// <summary>What the proxy stands before.</summary>
    public Uri Upstream { get; }

    public string Folder => _folder.FullName;
    public IPEndPoint Http => _http.Address;
    public IPEndPoint Https => _https.Address;
    public string CertificateFile => FileAt("certificate.pem");
    public string KeyFile => FileAt("key.pem");

    /// <summary>Certificate and key in one file.</summary>
    public string BundleFile => FileAt("bundle.pem");

    public string FileAt(string name) => Path.Combine(Folder, name);

    /// <returns>The path of the file.</returns>
    public string Write(string name, string text)
    {
        File.WriteAllText(FileAt(name), text);
        return FileAt(name);
    }

    public async Task<bool> AcceptsAsync() => await _http.AcceptsAsync() && await _https.AcceptsAsync();

    public void Dispose()
    {
        _http.Dispose();
        _https.Dispose();
        _folder.Delete(recursive: true);
    }
}
