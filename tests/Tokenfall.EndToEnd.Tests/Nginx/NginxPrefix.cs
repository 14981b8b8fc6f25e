namespace Tokenfall.EndToEnd.Tests.Nginx;

/// <summary>A folder of its own for one nginx: everything that it reads or writes is in there.</summary>
internal sealed class NginxPrefix : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tokenfall-nginx-");

    public string Folder => _folder.FullName;
    public string ConfigurationFile => FileAt("nginx.conf");
    public string AccessLog => File.Exists(FileAt("access.log")) ? File.ReadAllText(FileAt("access.log")) : "";

    public string FileAt(string name) => Path.Combine(Folder, name);

    /// <summary>
    /// Writes the site and what Debian's nginx.conf would put around it. Compression is on for event streams, the
    /// worst that a site can be put into: its own "gzip off" has to win.
    /// </summary>
    public void Write(string site)
    {
        File.WriteAllText(FileAt("site.conf"), site);
        File.WriteAllText(ConfigurationFile, $$"""
            daemon off;
            {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
            worker_processes 1;
            pid nginx.pid;
            error_log stderr info;
            events { worker_connections 1024; }
            http {
                access_log access.log;
                client_body_temp_path client_body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                gzip on;
                gzip_types text/event-stream;
                gzip_proxied any;
                include site.conf;
            }
            """);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
