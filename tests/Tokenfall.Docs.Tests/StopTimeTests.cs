using System.Globalization;
using System.Text.RegularExpressions;

namespace Tokenfall.Docs.Tests;

/// <summary>What stops the server waits longer than the server needs to let its answers end.</summary>
public sealed partial class StopTimeTests
{
    // Beyond the drain: as the page on settings says.
    private static readonly TimeSpan HostMargin = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("deploy/systemd/tokenfall.service", @"^TimeoutStopSec=(\d+)$", 1)]
    [InlineData("deploy/container/compose.yaml", @"^    stop_grace_period: (\d+)s$", 2)]
    public void StopTime_InADeployment_IsAboveTheDrain(string file, string setting, int places)
    {
        var drain = TimeSpan.Parse(DrainTime().Match(Checkout.Read("docs/settings.md")).Groups["time"].Value, CultureInfo.InvariantCulture);

        var times = Regex.Matches(Checkout.Read(file), setting, RegexOptions.Multiline);

        Assert.Equal(places, times.Count);
        Assert.All(times, time =>
            Assert.True(TimeSpan.FromSeconds(int.Parse(time.Groups[1].Value, CultureInfo.InvariantCulture)) > drain + HostMargin));
    }

    [GeneratedRegex(@"^\| `DrainTime` \| (?<time>[0-9:]+) \|", RegexOptions.Multiline)]
    private static partial Regex DrainTime();
}
