using Microsoft.Extensions.AI;

namespace Tokenfall;

/// <summary>Writes each content of a stream of updates as what it is.</summary>
internal sealed class ChatContentWriter(RunWriter writer, string provider)
{
    private readonly ChatUsage _usage = new();
    private readonly HashSet<string> _pendingCalls = [];
    private string? _response;
    private string? _message;
    private string? _model;

    /// <summary>Whether the model declined to answer.</summary>
    public bool HasRefused { get; private set; }

    /// <summary>Whether the model has asked for tools of the application whose results are missing.</summary>
    public bool AwaitsTools => _pendingCalls.Count > 0;

    /// <summary>Takes what an update says beside its contents: another message is another part.</summary>
    public void Begin(ChatResponseUpdate update)
    {
        writer.Alive();
        if (IsAnother(update.ResponseId, ref _response) | IsAnother(update.MessageId, ref _message)) writer.EndPart();
        _model = update.ModelId ?? _model;
        writer.AnsweredBy(update.ModelId);
    }

    /// <summary>The model was asked again: results that are still missing will not come.</summary>
    public void ForgetTools() => _pendingCalls.Clear();

    /// <exception cref="ModelException">The content is an error.</exception>
    public void Write(AIContent content)
    {
        NoteTools(content);
        WriteKind(content);
        foreach (var annotation in content.Annotations ?? []) WriteAnnotation(annotation);
    }

    // A tool's time is between its call and its result.
    private void NoteTools(AIContent content)
    {
        if (content is FunctionCallContent { InformationalOnly: false } call) _pendingCalls.Add(call.CallId);
        else if (content is ToolResultContent result) _pendingCalls.Remove(result.CallId);
    }

    private void WriteKind(AIContent content)
    {
        switch (content)
        {
            case TextContent { Text: var text }:
                writer.Text(text);
                return;
            case TextReasoningContent reasoning:
                writer.Reasoning(reasoning.Text);
                if (!string.IsNullOrEmpty(reasoning.ProtectedData)) Keep("protected_data", reasoning.ProtectedData);
                return;
            case UsageContent { Details: var details }:
                if (ChatUsage.HasUnusable(details)) writer.UnusableUsage();
                _usage.Add(_response, details);
                writer.Usage(_usage.Total);
                return;
        }
        // Text after anything else is another part.
        writer.EndPart();
        switch (content)
        {
            case ToolCallContent call:
                WriteCall(call, ToolCallTraits.None);
                break;
            case ToolResultContent result:
                WriteResult(result);
                break;
            case ToolApprovalRequestContent request:
                WriteCall(request.ToolCall, ToolCallTraits.NeedsApproval);
                Keep(content);
                break;
            case DataContent data:
                writer.File(data.MediaType, data.Data, data.Name);
                break;
            case UriContent uri:
                writer.File(uri.MediaType, uri.Uri);
                break;
            case ErrorContent error when ChatErrors.IsRefusal(error):
                HasRefused = true;
                writer.Text(error.Message);
                break;
            case ErrorContent error:
                throw ChatErrors.Of(error);
            // What the caller answered is the history's.
            case InputResponseContent:
                Keep(content);
                break;
            default:
                writer.UnknownContent(provider, _model, content.GetType().Name, ChatJson.Of(content));
                break;
        }
    }

    private void WriteCall(ToolCallContent call, ToolCallTraits traits)
    {
        var (name, input, isProviders) = ChatTools.Describe(call);
        writer.ToolCall(call.CallId, name, input, isProviders ? traits | ToolCallTraits.ProviderExecuted : traits);
        // Such as the server that has the tool.
        if (isProviders) Keep(call);
    }

    private void WriteResult(ToolResultContent result)
    {
        var (output, outputs, isError) = ChatTools.Describe(result);
        writer.ToolResult(result.CallId, output, isError);
        foreach (var item in outputs)
            if (item is DataContent data && !ChatTools.IsText(data)) writer.File(data.MediaType, data.Data, data.Name);
            else if (item is UriContent uri) WriteUri(uri, isSearch: result is WebSearchToolResultContent);
        if (result is not (FunctionResultContent or McpServerToolResultContent or WebSearchToolResultContent or CodeInterpreterToolResultContent or ImageGenerationToolResultContent))
            writer.UnknownContent(provider, _model, result.GetType().Name, ChatJson.Of(result));
    }

    private void WriteUri(UriContent uri, bool isSearch)
    {
        if (isSearch) writer.Source(new SourceReference { Url = WebAddressOf(uri.Uri), Title = uri.AdditionalProperties?.GetValueOrDefault("title") as string });
        else writer.File(uri.MediaType, uri.Uri);
    }

    private void WriteAnnotation(AIAnnotation annotation)
    {
        if (annotation is not CitationAnnotation citation)
        {
            writer.UnknownContent(provider, _model, annotation.GetType().Name, ChatJson.Of(annotation));
            return;
        }
        var url = WebAddressOf(citation.Url);
        writer.Source(new SourceReference
        {
            Url = url,
            Title = citation.Title,
            Document = url is null ? citation.FileId ?? citation.Url?.OriginalString : null,
            CitedText = citation.Snippet,
        });
    }

    private void Keep(AIContent content) => Keep(content.GetType().Name, content);

    private void Keep(string type, object value) => writer.Opaque(provider, _model, type, ChatJson.Of(value));

    // A page makes a link of it, so nothing but the web's own schemes.
    private static string? WebAddressOf(Uri? uri) => uri is { IsAbsoluteUri: true, Scheme: "https" or "http" } ? uri.OriginalString : null;

    private static bool IsAnother(string? id, ref string? known)
    {
        if (id is null || id == known) return false;
        var isAnother = known is not null;
        known = id;
        return isAnother;
    }
}
