using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Tokenfall.AspNetCore;

/// <summary>What happens to the HTTP calls: checks, then a run, then a reader on it.</summary>
internal sealed class RunEndpoint(
    RunManager runs, OpenResponses open, IAntiforgery antiforgery, IOptions<AntiforgeryOptions> antiforgeryOptions, IOptions<TokenfallOptions> options, TimeProvider time)
{
    private readonly RequestGuard _guard = new(antiforgery, antiforgeryOptions.Value, options.Value);

    public Task StartAsync(HttpContext context, IAsk ask) => RefusableAsync(context, async () =>
    {
        await _guard.CheckAsync(context);
        if (LastEventId.From(context.Request) is { } resumed)
        {
            await FollowAsync(context, Find(context, resumed.Run, ScopeOf(context)), resumed.Number);
            return;
        }
        var run = await BeginAsync(context, ask);
        var location = Location(context, run);
        context.Response.Headers.Location = location;
        if (!AcceptsOnlyJson(context.Request))
        {
            await FollowAsync(context, run, after: 0);
            return;
        }
        // Also when this call attached to a run that another one reads.
        run.Detach();
        // In our spelling, whatever the application does to its own JSON.
        await TypedResults.Json(new RunAccepted(run.Id.ToString(), location), JsonSerializerOptions.Web, statusCode: StatusCodes.Status202Accepted).ExecuteAsync(context);
    });

    public Task ReadAsync(HttpContext context, string id) => RefusableAsync(context, async () =>
    {
        var run = FindNamed(context, id);
        await FollowAsync(context, run, LastEventId.PositionIn(run, context.Request));
    });

    public Task StopAsync(HttpContext context, string id) => RefusableAsync(context, async () =>
    {
        await _guard.CheckAsync(context);
        var run = FindNamed(context, id);
        context.Response.StatusCode = run.Status == RunStatus.Running ? StatusCodes.Status202Accepted : StatusCodes.Status204NoContent;
        run.Stop();
    });

    private async Task FollowAsync(HttpContext context, Run run, int after)
    {
        if (after > run.Log.Count)
            throw Refusal.BadInput("unknown_event", "There is no such event", "The run has fewer events than the id names: it is not an id that this run gave out.");
        if (run.Log.IsReadTo(after))
        {
            // A native EventSource stops reconnecting on 204 (HTML standard, section 9.2.2).
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }
        RequestBody.Release(context.Request);
        using var reader = run.Read(after);
        using var clock = ClockFor(context.Request);
        using var listed = open.Add(clock);
        await new SseResponse(context, reader, new TokenfallDialect(run), clock).WriteAsync();
    }

    // On its own: what was asked must not be held for as long as the answer is read.
    private async Task<Run> BeginAsync(HttpContext context, IAsk ask)
    {
        var asked = await ask.ReadAsync(context);
        var owner = Caller.OwnerOf(context.User);
        return runs.Start(new RunStart(asked.Source, asked.Request, owner)
        {
            Disconnect = asked.Disconnect ?? EndpointPolicy(context),
            Scope = ScopeOf(context),
            Key = IdempotencyKey.From(context.Request, owner, asked.Fingerprint),
            RequestId = context.TraceIdentifier,
        });
    }

    private Run FindNamed(HttpContext context, string id)
    {
        var scope = ScopeOf(context);
        return Find(context, RunId.TryParse(id, out var parsed) ? parsed : default, scope[..scope.LastIndexOf('/')]);
    }

    // Someone else's, or another endpoint's with rules of its own, looks like one that never was.
    private Run Find(HttpContext context, RunId id, string scope) =>
        runs.Find(id, Caller.OwnerOf(context.User)) is { } run && run.Scope.Equals(scope, StringComparison.OrdinalIgnoreCase) ? run : throw Refusal.UnknownRun();

    private static string ScopeOf(HttpContext context) => context.Request.Path.Value!.TrimEnd('/');

    private static DisconnectPolicy? EndpointPolicy(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<DisconnectMetadata>()?.Policy;

    // A plain POST, sent by hand, would not come back: only those who can are asked to.
    private SseClock ClockFor(HttpRequest request) =>
        new(options.Value, canResume: HttpMethods.IsGet(request.Method) || request.Headers["Tokenfall-Resume"] == "1", time);

    // Encoded again: the path was decoded, and a header takes neither its letters nor its line ends.
    private static string Location(HttpContext context, Run run) =>
        context.Request.PathBase.Add($"{context.Request.Path.Value?.TrimEnd('/')}/{run.Id}").ToUriComponent();

    private static bool AcceptsOnlyJson(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        return accepted.Any(type => Is(type, "application/json"))
            && !accepted.Any(type => type.MatchesAllTypes || Is(type, SseHeaders.ContentType));

        static bool Is(MediaTypeHeaderValue type, string name) => type.MediaType.Equals(name, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task RefusableAsync(HttpContext context, Func<Task> handle)
    {
        try
        {
            await handle();
        }
        catch (RefusalException refusal)
        {
            await refusal.ExecuteAsync(context);
        }
        catch (AdmissionException full)
        {
            await Refusal.NotAdmitted(full).ExecuteAsync(context);
        }
        catch (StartKeyConflictException conflict)
        {
            await Refusal.KeyConflict(conflict).ExecuteAsync(context);
        }
    }
}
