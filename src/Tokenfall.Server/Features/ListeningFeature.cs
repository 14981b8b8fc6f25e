using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Tokenfall.Server.Configuration;
using Tokenfall.Server.Hosting;

namespace Tokenfall.Server.Features;

/// <summary>Where the server listens: as configured, else on http://localhost:8000; to how many at a time; and how it stops.</summary>
internal static partial class ListeningFeature
{
    private const string Fallback = "http://localhost:8000";

    // The endpoint for questions has a limit of its own; all other bodies are small.
    private const int MaxBody = 16 * 1024;

    public static void AddListening(this WebApplicationBuilder builder, ServerOptions options)
    {
        var addresses = ListeningAddresses.Configured(builder.Configuration);
        if (!options.SignIn) LoopbackOnlyFeature.RefuseUnlessLoopback(addresses);
        if (addresses.Count == 0) builder.WebHost.UseUrls(Fallback);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = MaxBody;
            Bind(kestrel.Limits, builder.Configuration.GetSection("Kestrel:Limits"));
        });
        var connections = OpenFiles.MaxConnections();
        builder.Services.PostConfigure<KestrelServerOptions>(kestrel =>
            kestrel.Limits.MaxConcurrentConnections = Least(kestrel.Limits.MaxConcurrentConnections, connections));
        builder.Services.AddHostedService<HangUpSignal>();
        BoundStop(builder.Services);
    }

    /// <summary>Starts the server.</summary>
    /// <exception cref="StartupException">The port is in use, or an address cannot be used or is not allowed.</exception>
    public static async Task ListenAsync(this WebApplication app, ServerOptions options)
    {
        try
        {
            await app.StartAsync();
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new StartupException(PortInUse(e.Message), e);
        }
        // In Kestrel's order: not an address; not one of this machine, or a privileged port; the same for localhost; not a port.
        catch (Exception e) when (e is FormatException or SocketException or IOException or ArgumentOutOfRangeException)
        {
            var addresses = string.Join(", ", ListeningAddresses.Configured(app.Configuration).DefaultIfEmpty(Fallback));
            throw new StartupException($"The server cannot listen on {addresses}: {FirstLine(e)} Use an address of this machine "
                + $"and a free port from 1024 to 65535, such as {Fallback}.", e);
        }
        // An endpoint that Kestrel cannot set up, such as HTTPS without a certificate; its message says what to do.
        catch (InvalidOperationException e) when (e.Source == "Microsoft.AspNetCore.Server.Kestrel.Core")
        {
            throw new StartupException(e.Message, e);
        }
        // Check the addresses that are really bound, whatever configured them.
        if (!options.SignIn) LoopbackOnlyFeature.RefuseUnlessLoopback(app.Urls);
        app.Services.GetRequiredService<StartPhase>().IsOver = true;
    }

    // One by one: what Kestrel says of a value that it refuses does not name the setting.
    private static void Bind(KestrelServerLimits limits, IConfigurationSection section)
    {
        foreach (var (name, value) in section.AsEnumerable(makePathsRelative: true).Where(setting => setting.Value is not null))
        {
            try
            {
                new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build().Bind(limits);
            }
            catch (Exception e)
            {
                throw new StartupException($"{section.Path}:{name} is \"{value}\", which cannot be used: {FirstLine(e.GetBaseException())}", e);
            }
        }
    }

    private static long? Least(long? configured, long? possible) => configured < possible ? configured : possible ?? configured;

    private static void BoundStop(IServiceCollection services)
    {
        var kestrel = services.Last(service => service.ServiceType == typeof(IServer)).ImplementationType!;
        services.AddSingleton<IServer>(provider => new BoundedStopServer(
            (IServer)ActivatorUtilities.CreateInstance(provider, kestrel), provider.GetRequiredService<TimeProvider>()));
    }

    private static string FirstLine(Exception e) => e.Message.Split('\n', 2)[0].TrimEnd().TrimEnd('.') + ".";

    // Kestrel gives the address only in its message.
    private static string PortInUse(string message)
    {
        if (!int.TryParse(Port().Match(message).Groups["port"].Value, CultureInfo.InvariantCulture, out var port)) return message;
        return $"Port {port} is in use. Choose another: "
            + $"dotnet run --project src/Tokenfall.Server -- --urls http://localhost:{(port < 65535 ? port + 1 : 8000)}";
    }

    [GeneratedRegex(@"https?://\S+:(?<port>\d+)")]
    private static partial Regex Port();
}
