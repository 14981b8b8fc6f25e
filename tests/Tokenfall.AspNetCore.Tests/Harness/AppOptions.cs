using Microsoft.Extensions.DependencyInjection;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>All settings of an application in one place: those of runs and those of endpoints.</summary>
internal sealed class AppOptions(TokenfallOptions runs, TokenfallHttpOptions http)
{
    public LimitOptions Limits => runs.Limits;
    public UpstreamOptions Upstream => runs.Upstream;
    public ProbeOptions Probe => http.Probe;

    public DisconnectPolicy Disconnect { get => runs.Disconnect; set => runs.Disconnect = value; }
    public TimeSpan Grace { get => runs.Grace; set => runs.Grace = value; }
    public TimeSpan ResumeGrace { get => runs.ResumeGrace; set => runs.ResumeGrace = value; }
    public TimeSpan Retention { get => runs.Retention; set => runs.Retention = value; }
    public long RetentionBytes { get => runs.RetentionBytes; set => runs.RetentionBytes = value; }
    public TimeSpan DrainTime { get => runs.DrainTime; set => runs.DrainTime = value; }

    public int MaxPromptLength { get => http.MaxPromptLength; set => http.MaxPromptLength = value; }
    public int MaxConversationLength { get => http.MaxConversationLength; set => http.MaxConversationLength = value; }
    public int MaxMessages { get => http.MaxMessages; set => http.MaxMessages = value; }
    public int MaxBodySize { get => http.MaxBodySize; set => http.MaxBodySize = value; }
    public bool AllowGetStart { get => http.AllowGetStart; set => http.AllowGetStart = value; }
    public bool AcceptJsonStartsDetached { get => http.AcceptJsonStartsDetached; set => http.AcceptJsonStartsDetached = value; }
    public TimeSpan Heartbeat { get => http.Heartbeat; set => http.Heartbeat = value; }
    public TimeSpan MaxConnectionAge { get => http.MaxConnectionAge; set => http.MaxConnectionAge = value; }
    public TimeSpan WriteTimeout { get => http.WriteTimeout; set => http.WriteTimeout = value; }
    public bool TuneSockets { get => http.TuneSockets; set => http.TuneSockets = value; }

    /// <summary>The model may take its time.</summary>
    public static void LongUpstreamTimeouts(AppOptions options)
    {
        var longest = TimeSpan.FromHours(23);
        options.Upstream.FirstContentTimeout = options.Upstream.ContentTimeout = options.Upstream.TotalTimeout = longest;
    }

    /// <summary>Applies the changes to both kinds of options.</summary>
    public static void Configure(IServiceCollection services, Action<AppOptions> change)
    {
        services.Configure<TokenfallOptions>(runs => change(new AppOptions(runs, new TokenfallHttpOptions())));
        services.Configure<TokenfallHttpOptions>(http => change(new AppOptions(new TokenfallOptions(), http)));
    }
}
