using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Tokenfall.AspNetCore;

/// <summary>What happens to the HTTP calls: checks, then a run, then a reader on it.</summary>
internal sealed class RunEndpoint(
    RunManager runs, ActiveResponses responses, ActiveCallers callers, IRunProtocol defaultProtocol, IAntiforgery antiforgery, IOptions<AntiforgeryOptions> antiforgeryOptions,
    IOptions<TokenfallHttpOptions> options, TimeProvider time)
{
    private readonly RequestGuard _guard = new(antiforgery, antiforgeryOptions.Value, options.Value);

    public Task StartAsync(HttpContext context, IRunRequestReader reader) => HandleAsync(context, async (protocol, call) =>
    {
        await _guard.CheckAsync(context);
        var preferred = StartPreference.IsDetached(context.Request);
        var detached = preferred || (options.Value.AcceptJsonStartsDetached && StartPreference.AcceptsOnlyJson(context.Request));
        if (!detached) StartPreference.RequireEvents(context.Request);
        if (protocol.FindResumedRun(context) is { } resumed)
        {
            var known = await FindAsync(context, resumed, ScopeOf(context));
            await FollowAsync(context, call, protocol, known, protocol.FindPosition(context, known));
            return;
        }
        // This endpoint has no rate limit, so it must not start anything.
        if (Metadata<StartModeMetadata>(context) is { Resumes: true }) throw RequestProblems.NotResumable();
        var run = await BeginAsync(context, protocol, reader, detached);
        callers.Add(run, call);
        var location = Location(context, run);
        context.Response.Headers.Location = location;
        if (!detached)
        {
            await FollowAsync(context, call, protocol, run, new ResumePosition(after: 0));
            return;
        }
        // Also when this call attached to a run that another one reads.
        run.Detach();
        if (preferred) StartPreference.Confirm(context.Response);
        // In our spelling, whatever the application does to its own JSON.
        await TypedResults.Json(new RunAccepted(run.Id.ToString(), location), RunJsonContext.Default.RunAccepted, statusCode: StatusCodes.Status202Accepted).ExecuteAsync(context);
    });

    public Task ReadAsync(HttpContext context, string id) => HandleAsync(context, async (protocol, call) =>
    {
        var run = await FindNamedAsync(context, id);
        await FollowAsync(context, call, protocol, run, protocol.FindPosition(context, run));
    });

    public Task StopAsync(HttpContext context, string id) => HandleAsync(context, async (_, _) =>
    {
        await _guard.CheckAsync(context);
        var run = await FindNamedAsync(context, id);
        context.Response.StatusCode = run.Status == RunStatus.Running ? StatusCodes.Status202Accepted : StatusCodes.Status204NoContent;
        run.Stop();
    });

    // Authorized like a read: it takes away no more than a lost connection does.
    public Task LeaveAsync(HttpContext context, string id, string reader) => HandleAsync(context, async (_, _) =>
    {
        var run = await FindNamedAsync(context, id, levels: 3);
        run.RemoveReader(reader);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    });

    private async Task FollowAsync(HttpContext context, ActiveCall call, IRunProtocol protocol, Run run, ResumePosition? position)
    {
        if (position is not { } from)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            context.Response.Headers.CacheControl = "no-store";
            return;
        }
        RequestBody.DiscardBuffered(context.Request);
        using var reader = run.Read(from.After);
        call.Reads(reader);
        reader.MergesText = protocol.MergesText;
        reader.WillReturn = ReaderHeaders.PromisesToReturn(context.Request);
        // After the new reader is there, so that there is one all the time.
        if (ReaderHeaders.Predecessor(context.Request) is { } earlier) run.RemoveReader(earlier);
        ReaderHeaders.Name(context.Response, reader);
        // Only readers that return are rotated.
        using var deadlines = new ResponseDeadlines(options.Value, reader.WillReturn, time);
        using var registered = responses.Add(deadlines);
        protocol.WriteHeaders(context.Response.Headers);
        var formatter = protocol.CreateFormatter(run, run.Log.OpenPartsAt(from.After), from);
        await new SseResponse(context, reader, formatter, deadlines).WriteAsync();
    }

    // A method of its own: the request must not be held in memory for as long as the answer is read.
    private async Task<Run> BeginAsync(HttpContext context, IRunProtocol protocol, IRunRequestReader reader, bool detached)
    {
        var request = await reader.ReadAsync(context, protocol);
        return await runs.StartAsync(
            request with
            {
                Disconnect = request.Disconnect ?? Metadata<DisconnectMetadata>(context)?.Policy,
                Scope = ScopeOf(context),
                RequestId = context.TraceIdentifier,
                Detached = detached,
                EndOfSequenceCompletes = Metadata<EndOfSequenceMetadata>(context) is not null,
            },
            context.RequestAborted);
    }

    /// <summary>Finds the run that the path names.</summary>
    /// <param name="context">The request.</param>
    /// <param name="id">The run's id.</param>
    /// <param name="levels">How many segments the path has behind the endpoint's own.</param>
    private ValueTask<Run> FindNamedAsync(HttpContext context, string id, int levels = 1)
    {
        var scope = ScopeOf(context);
        for (var level = 0; level < levels; level++) scope = scope[..scope.LastIndexOf('/')];
        return RunId.TryParse(id, out var parsed) ? FindAsync(context, parsed, scope) : throw RequestProblems.UnknownRun();
    }

    // Someone else's, or another endpoint's with rules of its own, looks like one that never was.
    private async ValueTask<Run> FindAsync(HttpContext context, RunId id, string scope) =>
        await runs.FindAsync(id, Caller.OwnerOf(context.User), context.RequestAborted) is { } run && run.Scope.Equals(scope, StringComparison.OrdinalIgnoreCase)
            ? run : throw RequestProblems.UnknownRun();

    private static string ScopeOf(HttpContext context) => context.Request.Path.Value!.TrimEnd('/');

    private static T? Metadata<T>(HttpContext context) where T : class => context.GetEndpoint()?.Metadata.GetMetadata<T>();

    // Encoded again: the path was decoded, and a header takes neither its letters nor its line ends.
    private static string Location(HttpContext context, Run run) =>
        context.Request.PathBase.Add($"{context.Request.Path.Value?.TrimEnd('/')}/{run.Id}").ToUriComponent();

    private async Task HandleAsync(HttpContext context, Func<IRunProtocol, ActiveCall, Task> handle)
    {
        var protocol = Metadata<IRunProtocol>(context) ?? defaultProtocol;
        using var call = callers.Add(context);
        try
        {
            await handle(protocol, call);
        }
        catch (RequestProblemException refused)
        {
            await protocol.WriteProblemAsync(context, refused.Problem);
        }
        catch (AdmissionException full)
        {
            await protocol.WriteProblemAsync(context, RequestProblems.NotAdmitted(full).Problem);
        }
        catch (IdempotencyKeyConflictException conflict)
        {
            await protocol.WriteProblemAsync(context, RequestProblems.KeyConflict(conflict).Problem);
        }
        catch (ConversationConflictException conflict)
        {
            await protocol.WriteProblemAsync(context, RequestProblems.ConversationConflict(conflict).Problem);
        }
    }
}
