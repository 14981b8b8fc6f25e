using System.Diagnostics;
using System.Globalization;

namespace Tokenfall.Tests;

/// <summary>What a run keeps of the call that started it.</summary>
public class CallerContextTests
{
    [Fact]
    public async Task Source_SeesTheCallersCultures()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = "^";
        (string, string) seen = default;

        await InContextAsync(
            () => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture,
            _ => seen = (1.5.ToString(CultureInfo.CurrentCulture), 1.5.ToString(CultureInfo.CurrentUICulture)));

        Assert.Equal(("1^5", "1^5"), seen);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Source_IsPartOfTheCallersTrace(bool recorded)
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => recorded && source.Name == "Tokenfall",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        using var request = new Activity("request") { TraceStateString = "vendor=1" }.SetParentId("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
            .AddBaggage("tenant", "t1").AddBaggage("tenant", "t2").Start();
        Activity? seen = null;

        await InContextAsync(() => { }, _ => seen = Activity.Current);

        Assert.NotNull(seen);
        Assert.Equal((request.TraceId, request.SpanId, "vendor=1"), (seen.TraceId, seen.ParentSpanId, seen.TraceStateString));
        Assert.Equal(request.Baggage, seen.Baggage);
    }

    [Fact]
    public async Task Source_OfADetachedRun_IsLinkedToTheCallersTrace()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Tokenfall",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        using var request = new Activity("request").AddBaggage("tenant", "t1").Start();
        Activity? seen = null;

        await InContextAsync(() => { }, _ => seen = Activity.Current, detached: true);

        Assert.NotNull(seen);
        Assert.NotEqual(request.TraceId, seen.TraceId);
        Assert.Equal(request.Context, Assert.Single(seen.Links).Context);
        Assert.Equal("t1", seen.GetBaggageItem("tenant"));
    }

    [Fact]
    public async Task Source_WithoutACallersTrace_HasNoActivityThatNobodyAskedFor()
    {
        var seen = new Activity("other");

        await InContextAsync(() => Activity.Current = null, _ => seen = Activity.Current);

        Assert.Null(seen);
    }

    [Fact]
    public async Task AsyncLocals_OfTheCaller_DoNotReachTheSource()
    {
        var local = new AsyncLocal<string?>();
        var seen = "";

        await InContextAsync(() => local.Value = "request", _ => seen = local.Value);

        Assert.Null(seen);
    }

    private static async Task InContextAsync(Action enter, Action<RunWriter> source, bool detached = false)
    {
        enter();
        var run = await TestRuns.Manager().StartAsync(new RunRequest(new CallbackSource(source), TestRuns.Request, "ann") { Detached = detached });
        await run.EndedInTime();
    }
}
