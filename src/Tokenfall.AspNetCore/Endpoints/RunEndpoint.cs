using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Tokenfall.AspNetCore;

/// <summary>What happens to the HTTP calls: checks, then a run, then a reader on it.</summary>
internal sealed class RunEndpoint(
    RunManager runs, ActiveResponses responses, IAntiforgery antiforgery, IOptions<AntiforgeryOptions> antiforgeryOptions, IOptions<TokenfallOptions> options, TimeProvider time)
{
    private readonly RequestGuard _guard = new(antiforgery, antiforgeryOptions.Value, options.Value);

    public Task StartAsync(HttpContext context, IRunRequestReader reader) => HandleAsync(context, async () =>
    {
        await _guard.CheckAsync(context);
        if (LastEventId.From(context.Request) is { } resumed)
        {
            await FollowAsync(context, Find(context, resumed.Run, ScopeOf(context)), resumed.Number);
            return;
        }
        var run = await BeginAsync(context, reader);
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

    public Task ReadAsync(HttpContext context, string id) => HandleAsync(context, async () =>
    {
        var run = FindNamed(context, id);
        await FollowAsync(context, run, LastEventId.PositionIn(run, context.Request));
    });

    public Task StopAsync(HttpContext context, string id) => HandleAsync(context, async () =>
    {
        await _guard.CheckAsync(context);
        var run = FindNamed(context, id);
        context.Response.StatusCode = run.Status == RunStatus.Running ? StatusCodes.Status202Accepted : StatusCodes.Status204NoContent;
        run.Stop();
    });

    private async Task FollowAsync(HttpContext context, Run run, int after)
    {
        if (after > run.Log.Count)
            throw RequestProblem.BadInput("unknown_event", "There is no such event", "The run has fewer events than the id names: it is not an id that this run gave out.");
        if (run.Log.IsReadTo(after))
        {
            // A native EventSource stops reconnecting on 204 (HTML standard, section 9.2.2).
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }
        RequestBody.DiscardBuffered(context.Request);
        using var reader = run.Read(after);
        using var deadlines = DeadlinesFor(context.Request);
        using var listed = responses.Add(deadlines);
        await new SseResponse(context, reader, new TokenfallFormatter(run), deadlines).WriteAsync();
    }

    // A method of its own: the request must not be held in memory for as long as the answer is read.
    private async Task<Run> BeginAsync(HttpContext context, IRunRequestReader reader)
    {
        var request = await reader.ReadAsync(context);
        return runs.Start(request with
        {
            Disconnect = request.Disconnect ?? EndpointPolicy(context),
            Scope = ScopeOf(context),
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
        runs.Find(id, Caller.OwnerOf(context.User)) is { } run && run.Scope.Equals(scope, StringComparison.OrdinalIgnoreCase) ? run : throw RequestProblem.UnknownRun();

    private static string ScopeOf(HttpContext context) => context.Request.Path.Value!.TrimEnd('/');

    private static DisconnectPolicy? EndpointPolicy(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<DisconnectMetadata>()?.Policy;

    // A plain POST, sent by hand, would not come back: only those who can are request to.
    private ResponseDeadlines DeadlinesFor(HttpRequest request) =>
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

    private static async Task HandleAsync(HttpContext context, Func<Task> handle)
    {
        try
        {
            await handle();
        }
        catch (RequestProblemException refusal)
        {
            await refusal.ExecuteAsync(context);
        }
        catch (AdmissionException full)
        {
            await RequestProblem.NotAdmitted(full).ExecuteAsync(context);
        }
        catch (IdempotencyKeyConflictException conflict)
        {
            await RequestProblem.KeyConflict(conflict).ExecuteAsync(context);
        }
    }
}
