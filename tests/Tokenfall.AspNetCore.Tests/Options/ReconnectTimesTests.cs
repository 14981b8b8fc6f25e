using System.Globalization;
using System.Text.RegularExpressions;
using Tokenfall.Tests;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>The times of both ends are one design: <c>docs/reconnecting.md</c>. Changing a default of one end alone fails here.</summary>
public sealed partial class ReconnectTimesTests
{
    /// <summary>The longest outage that an answer survives.</summary>
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(60);

    private static readonly Dictionary<string, TimeSpan> Client = Read("client/src/timing.js", ClientTime(), TimeSpan.FromMilliseconds);
    private static readonly Dictionary<string, TimeSpan> Documented = Read("docs/reconnecting.md", DocumentedTime(), TimeSpan.FromSeconds);

    private static readonly TokenfallOptions Runs = new();
    private static readonly TokenfallHttpOptions Http = new();

    private static TimeSpan Idle => Client["idleTimeout"];

    /// <summary>How long the client takes to make the next attempt after one that gets no answer, or is refused until later.</summary>
    private static TimeSpan LastAttempt => Client["maxDelay"] + TimeSpan.FromTicks(Math.Max(Client["attemptTimeout"].Ticks, Client["maxResumeRetryAfter"].Ticks));

    [Fact]
    public void Defaults_OfBothEnds_AreTheDocumentedOnes()
    {
        var server = new Dictionary<string, TimeSpan>
        {
            ["Heartbeat"] = Http.Heartbeat, ["Grace"] = Runs.Grace, ["ResumeGrace"] = Runs.ResumeGrace, ["Retention"] = Runs.Retention,
        };
        string[] client = ["idleTimeout", "attemptTimeout", "firstDelay", "maxDelay", "maxResumeRetryAfter", "retryTime"];

        Assert.Equal(Documented.OrderBy(time => time.Key), server.Concat(client.Select(name => KeyValuePair.Create(name, Client[name]))).OrderBy(time => time.Key));
    }

    [Fact]
    public void IdleTimeout_OutlastsTwoHeartbeats() => Assert.True(Idle > Http.Heartbeat * 2);

    [Fact]
    public void ResumeGrace_OutlastsAnOutageAndTheWayBack() => Assert.True(Runs.ResumeGrace > Outage + LastAttempt);

    [Fact]
    public void ResumeGrace_OutlastsAnOutageThatOnlyTheServerNotices() => Assert.True(Runs.ResumeGrace > Idle + LastAttempt);

    [Fact]
    public void RetryAfter_OfAResume_CostsNoMoreThanAnAttemptWithoutAnAnswer() =>
        Assert.True(Client["maxResumeRetryAfter"] <= Client["attemptTimeout"]);

    [Fact]
    public void RetryTime_OutlastsTheResumeGrace() => Assert.True(Client["retryTime"] >= Runs.ResumeGrace);

    [Fact]
    public void Retention_OutlastsWhoeverStillTries() => Assert.True(Runs.Retention > Idle + Client["retryTime"] + LastAttempt);

    [Fact]
    public void Grace_IsForReadersThatLeave_AndShorter() => Assert.InRange(Runs.Grace, TimeSpan.FromSeconds(5), Runs.ResumeGrace / 2);

    private static Dictionary<string, TimeSpan> Read(string path, Regex time, Func<double, TimeSpan> unit) =>
        time.Matches(File.ReadAllText(Repository.PathOf(path))).ToDictionary(
            match => match.Groups["name"].Value,
            match => unit(double.Parse(match.Groups["value"].Value.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)));

    [GeneratedRegex(@"^export const (?<name>\w+) = (?<value>[\d_]+);", RegexOptions.Multiline)]
    private static partial Regex ClientTime();

    [GeneratedRegex(@"^\| `(?<name>\w+)`[^|]*\| (server|client) \| (?<value>\d+) s \|", RegexOptions.Multiline)]
    private static partial Regex DocumentedTime();
}
