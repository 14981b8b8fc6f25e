namespace Tokenfall.Bench.Serve;

/// <summary>The certificate of a model behind TLS, for the contender to trust (<c>SSL_CERT_FILE</c>).</summary>
internal sealed class CertificateFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tokenfall-bench-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "model.pem");

    public void Dispose() => _folder.Delete(recursive: true);
}
