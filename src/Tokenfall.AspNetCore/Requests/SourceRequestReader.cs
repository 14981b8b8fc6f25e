using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Tokenfall.AspNetCore;

/// <summary>Reads a request by the endpoint's protocol, and lets the endpoint's rules decide who answers it, and how.</summary>
internal sealed class SourceRequestReader(
    ModelSources sources, ConversationRequests conversations, TokenfallOptions options, TokenfallHttpOptions httpOptions) : IRunRequestReader
{
    public async Task<RunRequest> ReadAsync(HttpContext context, IRunProtocol protocol)
    {
        var asked = await protocol.ReadRequestAsync(context);
        var messages = await MessagesAsync(context, asked);
        var metadata = context.GetEndpoint()?.Metadata;
        var source = Choose(asked.Model, metadata?.GetMetadata<ModelsMetadata>()?.Names ?? []);
        var chat = new ChatOptions { MaxOutputTokens = options.Upstream.MaxTokens };
        foreach (var configured in metadata?.GetOrderedMetadata<ChatOptionsMetadata>() ?? []) configured.Configure(chat);
        if (metadata?.GetMetadata<RequestOptionLimits>() is { } limits) Apply(asked.Options, limits, chat);
        return new RunRequest(source, new ModelRequest(messages, chat), Caller.OwnerOf(context.User))
        {
            Turn = asked.Turn,
            Disconnect = asked.Disconnect,
            Key = IdempotencyKeyHeader.From(context, asked.Content),
        };
    }

    // Of a stored conversation only the question is the caller's.
    private async Task<IReadOnlyList<ChatMessage>> MessagesAsync(HttpContext context, ProtocolRequest asked)
    {
        if (asked.Turn is not { } turn) return PromptValidator.Check(asked.Messages, httpOptions);
        if (turn.Text is not null) PromptValidator.Check([.. asked.Messages.TakeLast(1)], httpOptions);
        return await conversations.MessagesAsync(context, turn);
    }

    // The first model that the endpoint offers answers when the caller chooses none.
    private IModelSource Choose(string? name, IReadOnlyList<string> offered)
    {
        if (offered.Count == 0) return sources.Default;
        var chosen = name ?? offered[0];
        return offered.Contains(chosen) && sources.TryGet(chosen, out var named) ? named : throw RequestProblems.UnknownModel(chosen, offered);
    }

    private static void Apply(RequestOptions asked, RequestOptionLimits limits, ChatOptions chat)
    {
        if (asked.Temperature is { } temperature)
            chat.Temperature = limits.Temperature is var (min, max) ? Math.Clamp(temperature, min, max) : throw RequestProblems.OptionNotAllowed("temperature");
        if (asked.MaxTokens is { } tokens)
            chat.MaxOutputTokens = limits.MaxTokens is { } most ? Math.Min(tokens, most) : throw RequestProblems.OptionNotAllowed("max_tokens");
        if (asked.ReasoningEffort is { } effort)
            (chat.Reasoning ??= new()).Effort = limits.ReasoningEffort ? effort : throw RequestProblems.OptionNotAllowed("reasoning_effort");
    }
}
