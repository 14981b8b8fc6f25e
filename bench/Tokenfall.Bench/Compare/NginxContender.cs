using System.Diagnostics;
using System.Globalization;
using System.Text;
using Tokenfall.EndToEnd.Tests.Nginx;
using Tokenfall.Tests;

namespace Tokenfall.Bench.Compare;

/// <summary>nginx as a plain relay: its reader speaks to the model's API itself.</summary>
internal sealed class NginxContender() : Contender("nginx", "nginx, plain relay")
{
    private const string Question = """{"model":"claude-sonnet-4-5","max_tokens":2048,"stream":true,"messages":[{"role":"user","content":"go"}]}""";

    public override byte[] Request => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nx-api-key: bench\r\nanthropic-version: 2023-06-01\r\nContent-Length: {Question.Length}\r\n\r\n{Question}"));

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
