using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Tokenfall.AspNetCore;

/// <summary>Serves probes: streams without a model, to measure the path to the reader, and the record of how each one went.</summary>
internal sealed class ProbeEndpoint(
    ProbeRecords records, ProbeSlots slots, ActiveCallers callers, IHostApplicationLifetime lifetime, IOptions<TokenfallHttpOptions> options, TimeProvider time)
{
    public Task StreamAsync(HttpContext context) => HandleAsync(context, async () =>
    {
        RequestGuard.RefuseCrossSite(context.Request, options.Value);
        var plan = ProbePlan.From(context.Request.Query);
        using var slot = slots.Take(Caller.OwnerOf(context.User));
        await StreamAsync(context, plan);
    });

    public Task TellAsync(HttpContext context, string id) => HandleAsync(context, () =>
    {
        context.Response.Headers.CacheControl = "no-store";
        return records.Find(Caller.OwnerOf(context.User), id) is { } record
            ? TypedResults.Json(record.Answer(), ProbeJsonContext.Default.ProbeAnswer).ExecuteAsync(context)
            : throw RequestProblems.UnknownProbe();
    });

    private async Task StreamAsync(HttpContext context, ProbePlan plan)
    {
        using var call = callers.Add(context);
        var record = new ProbeRecord(plan.Id, time);
        records.Add(Caller.OwnerOf(context.User), record);
        // A stalled reader or a server shutdown also ends a probe, so that it never occupies its slot for long.
        using var timeout = new CancellationTokenSource(plan.Duration + options.Value.WriteTimeout, time);
        using var aborted = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, lifetime.ApplicationStopping, context.RequestAborted);
        await using var registration = aborted.Token.UnsafeRegister(static record => ((ProbeRecord)record!).End(ProbeRecord.Aborted), record);
        try
        {
            await new ProbeStream(context, plan, record, time).WriteAsync(aborted.Token);
            record.End(ProbeRecord.Finished);
        }
        catch (Exception cut) when (cut is IOException or OperationCanceledException)
        {
            record.End(ProbeRecord.Aborted);
            context.Abort();
        }
    }

    private static async Task HandleAsync(HttpContext context, Func<Task> handle)
    {
        try
        {
            await handle();
        }
        catch (RequestProblemException rejected)
        {
            await rejected.Problem.WriteAsync(context);
        }
    }
}
