using System.CommandLine;
using Spectre.Console;
using Tokenfall.Cli.Terminal;

namespace Tokenfall.Cli.Proxies;

/// <summary><c>tokenfall proxy</c>: the configuration of a reverse proxy that passes streams on.</summary>
internal static class ProxyCommand
{
    private static readonly Argument<string> Product = new Argument<string>("product") { Description = "The reverse proxy" }
        .AcceptOnlyFromAmong([.. ProxyTemplate.All.Select(template => template.Name)]);
    private static readonly Option<string> Host = new("--host") { Description = "The host name in the browser's address bar", DefaultValueFactory = _ => ProxySite.Shipped.Host };
    private static readonly Option<string> Upstream = new("--upstream") { Description = "The address that Tokenfall listens on", DefaultValueFactory = _ => ProxySite.Shipped.Upstream };
    private static readonly Option<string> Path = new("--path") { Description = "The path of the streams", DefaultValueFactory = _ => ProxySite.Shipped.Path };

    public static Command Create()
    {
        var command = new Command("proxy", "Print the configuration of a reverse proxy for streams") { Product, Host, Upstream, Path };
        command.SetAction(Run);
        return command.WithExamples(
            "tokenfall proxy nginx --host example.org --upstream 127.0.0.1:8000 --path /ask/stream",
            "tokenfall proxy caddy --host example.org > Caddyfile");
    }

    private static int Run(ParseResult args)
    {
        var screen = Screen.Of(args);
        var template = ProxyTemplate.All.Single(template => template.Name == args.GetValue(Product));
        var site = ProxySite.Read(args.GetValue(Host)!, args.GetValue(Upstream)!, args.GetValue(Path)!);
        bool IsGiven(Option option) => args.GetResult(option) is { Implicit: false };
        var configuration = ChangeMarks.Remove(template.For(site), IsGiven(Host), IsGiven(Upstream), IsGiven(Path));
        if (screen.Json)
        {
            screen.WriteJson(new { Product = template.Name, site.Host, site.Upstream, site.Path, template.Target, template.Tested, Configuration = configuration });
            return ExitCode.Fine;
        }

        // Not through the console, which would wrap long lines.
        args.InvocationConfiguration.Output.Write(configuration);
        screen.Progress.MarkupLineInterpolated($"{template.Title} usually reads it from {template.Target}. Then: tokenfall doctor https://{site.Host}{site.Path}");
        return ExitCode.Fine;
    }
}
