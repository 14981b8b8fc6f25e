using System.Diagnostics;
using System.Globalization;
using Tokenfall.Bench.Load;
using Tokenfall.Tests;
using Tokenfall.Tests.Proxies;

namespace Tokenfall.Bench.Compare;

/// <summary>nginx as a plain relay: its reader speaks to the model's API itself.</summary>
internal sealed class NginxContender() : Contender("nginx", "nginx, plain relay")
{
    public override byte[] Request => Requests.Model();

    public override Task PrepareAsync() => Tool.RunAsync("nginx", "-v");

    public override ProcessStartInfo Command(int port, Uri upstream, string folder)
    {
        var file = Path.Combine(folder, "nginx.conf");
        var configuration = File.ReadAllText(Repository.PathOf("bench/rivals/nginx/nginx.conf"))
            .Substitute("server 127.0.0.1:8001;", $"server {upstream.Authority};")
            .Substitute("listen 127.0.0.1:8000;", string.Create(CultureInfo.InvariantCulture, $"listen 127.0.0.1:{port};"));
        File.WriteAllText(file, configuration);
        return new ProcessStartInfo("nginx", ["-p", folder, "-c", file, "-e", "stderr"]);
    }
}
