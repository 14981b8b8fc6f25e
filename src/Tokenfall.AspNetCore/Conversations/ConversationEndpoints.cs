using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Tokenfall.AspNetCore;

/// <summary>What happens to the HTTP calls that list, read, rename and delete conversations.</summary>
internal sealed class ConversationEndpoints(
    IConversationStore store, RunManager runs, IAntiforgery antiforgery, IOptions<AntiforgeryOptions> antiforgeryOptions, IOptions<TokenfallHttpOptions> options,
    TimeProvider time)
{
    private const int DefaultLimit = 30, MaxLimit = 100;

    private readonly RequestGuard _guard = new(antiforgery, antiforgeryOptions.Value, options.Value);

    public Task ListAsync(HttpContext context) => HandleAsync(context, async owner =>
    {
        var search = context.Request.Query["q"].ToString().Trim();
        var limit = int.TryParse(context.Request.Query["limit"], out var asked) ? Math.Clamp(asked, 1, MaxLimit) : DefaultLimit;
        var page = await store.ListAsync(owner, search.Length == 0 ? null : search, context.Request.Query["after"], limit, context.RequestAborted);
        await ConversationJson.WriteAsync(context, json => ConversationJson.Write(json, page));
    });

    public Task ReadAsync(HttpContext context, string id) => HandleAsync(context, async owner =>
    {
        var (conversation, messages) = await FindAsync(context, owner, id);
        await ConversationJson.WriteAsync(context, json => ConversationJson.Write(json, conversation, messages, context.Request.PathBase));
    });

    public Task ExportAsync(HttpContext context, string id) => HandleAsync(context, async owner =>
    {
        var (conversation, messages) = await FindAsync(context, owner, id);
        var isMarkdown = context.Request.Query["format"] != "json";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"conversation-{conversation.Id}.{(isMarkdown ? "md" : "json")}\"";
        if (isMarkdown) await ConversationMarkdown.WriteAsync(context, conversation, messages, context.Request.Query["to"]);
        else await ConversationJson.WriteAsync(context, json => ConversationJson.Write(json, conversation, messages, context.Request.PathBase));
    });

    public Task RenameAsync(HttpContext context, string id) => HandleAsync(context, async owner =>
    {
        await _guard.CheckAsync(context);
        var title = ConversationTitle.Clean((await ReadBodyAsync(context)).Title ?? "");
        if (title.Length is 0 or > ConversationTitle.MaxLength)
            throw RequestProblems.BadInput("bad_title", "The title is not usable", $"Send {{\"title\": \"…\"}} with 1 to {ConversationTitle.MaxLength} characters.");
        if (!await store.RenameAsync(owner, id, title, context.RequestAborted)) throw RequestProblems.UnknownConversation();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    });

    public Task ImportAsync(HttpContext context, string id) => HandleAsync(context, async owner =>
    {
        await _guard.CheckAsync(context);
        var (conversation, messages) = ConversationImport.Read(id, await ReadBodyAsync(context), options.Value, time.GetUtcNow());
        var isNew = await store.ImportAsync(owner, conversation, messages, context.RequestAborted);
        context.Response.StatusCode = isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK;
    });

    public Task DeleteAsync(HttpContext context, string? id) => HandleAsync(context, async owner =>
    {
        await _guard.CheckAsync(context);
        var deleted = await store.DeleteAsync(owner, id, context.RequestAborted);
        foreach (var run in deleted.Runs) runs.Remove(run);
        if (id is not null && deleted.Conversations == 0) throw RequestProblems.UnknownConversation();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    });

    private async Task<(Conversation, IReadOnlyList<ConversationMessage>)> FindAsync(HttpContext context, string owner, string id) =>
        await store.FindAsync(owner, id, context.RequestAborted) is { } conversation
            ? (conversation, UnstoredAnswers.Fill(await store.ReadAsync(owner, id, context.RequestAborted), runs)) : throw RequestProblems.UnknownConversation();

    private async Task<ConversationChange> ReadBodyAsync(HttpContext context)
    {
        if (!RequestBody.IsJson(context.Request)) throw RequestProblems.WrongContentType("application/json (in UTF-8)");
        var body = await RequestBody.ReadAsync(context.Request, options.Value.MaxBodySize);
        try
        {
            return JsonSerializer.Deserialize(body, RunJsonContext.Default.ConversationChange) ?? new ConversationChange(null);
        }
        catch (JsonException malformed)
        {
            throw RequestProblems.MalformedJson(malformed, """ Send {"title": "…"}.""");
        }
    }

    private async Task HandleAsync(HttpContext context, Func<string, Task> handle)
    {
        try
        {
            context.Response.Headers.CacheControl = "no-store";
            await handle(ConversationOwner.Of(context, options.Value));
        }
        catch (RequestProblemException refused)
        {
            await refused.Problem.WriteAsync(context);
        }
        catch (ConversationConflictException conflict)
        {
            await RequestProblems.ConversationConflict(conflict).Problem.WriteAsync(context);
        }
        catch (Exception failure) when (store.IsStoreFailure(failure))
        {
            await RequestProblems.NotAdmitted(new AdmissionException(AdmissionRejection.StoreUnavailable)).Problem.WriteAsync(context);
        }
    }
}
