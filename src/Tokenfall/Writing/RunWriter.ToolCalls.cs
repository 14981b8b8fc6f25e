using System.Text.Json;

namespace Tokenfall;

/// <content>Tool calls: streamed or whole, and their results.</content>
public sealed partial class RunWriter
{
    private const int MaxOpenToolCalls = 1000;

    private Dictionary<string, ToolCallBuffer>? _openCalls;
    private Dictionary<string, ushort>? _callParts;

    /// <summary>Begins a tool call whose arguments follow with <see cref="ToolInput(string, ReadOnlySpan{byte})"/>.</summary>
    /// <param name="id">The provider's id of the call.</param>
    /// <param name="name">The tool.</param>
    /// <param name="traits">What is special about the call.</param>
    /// <exception cref="ModelException">Too many calls are open, or the answer is larger than a run may be.</exception>
    public void BeginToolCall(string id, string name, ToolCallTraits traits = ToolCallTraits.None)
    {
        _openCalls ??= [];
        if (_openCalls.Count >= MaxOpenToolCalls) throw TooLarge($"The model's answer has more than {MaxOpenToolCalls:N0} open tool calls.");
        EndPart();
        // Known by its id: of two open calls with the same one the first would be lost.
        if (_openCalls.ContainsKey(id)) EndToolCall(id);
        var call = new ToolCallBuffer(id, name, NewCallPart(id), traits);
        _openCalls[id] = call;
        AppendOutput(EventKind.ToolStart, call.Part, EventJson.ToolStart(id, name));
    }

    /// <summary>Appends a piece of a tool call's arguments, already escaped.</summary>
    /// <param name="id">The id given to <see cref="BeginToolCall"/>.</param>
    /// <param name="escaped">As for <see cref="Text(ReadOnlySpan{byte})"/>; the pieces together are one JSON value.</param>
    /// <exception cref="InvalidOperationException">The call was not begun, or has ended.</exception>
    /// <exception cref="ModelException">The answer is larger than a run may be.</exception>
    public void ToolInput(string id, ReadOnlySpan<byte> escaped)
    {
        var call = OpenCall(id);
        if (escaped.IsEmpty) return;
        if (call.PendingHigh == 0 && TextRepair.IsClean(escaped, out _)) AppendInput(call, escaped);
        else AppendInput(call, JsonText.Unescape(escaped));
    }

    /// <summary>Appends a piece of a tool call's arguments.</summary>
    /// <param name="id">The id given to <see cref="BeginToolCall"/>.</param>
    /// <param name="json">A piece of the arguments' JSON.</param>
    /// <exception cref="InvalidOperationException">The call was not begun, or has ended.</exception>
    /// <exception cref="ModelException">The answer is larger than a run may be.</exception>
    public void ToolInput(string id, ReadOnlySpan<char> json) => AppendInput(OpenCall(id), json);

    /// <summary>Completes a tool call. Arguments that are not JSON, because the model was cut short, leave it marked as incomplete.</summary>
    /// <param name="id">The id given to <see cref="BeginToolCall"/>.</param>
    /// <exception cref="InvalidOperationException">The call was not begun, or has ended.</exception>
    /// <exception cref="ModelException">The answer is larger than a run may be.</exception>
    public void EndToolCall(string id)
    {
        EndPart();
        var call = OpenCall(id);
        if (call.PendingHigh != 0) AppendInput(call, "\uFFFD"u8);
        if (!call.HasInput) AppendInput(call, "{}"u8);
        _openCalls!.Remove(id);
        Append(EventKind.ToolCall, call.Part, call.ToPayload());
    }

    /// <summary>Appends a tool call that came as a whole.</summary>
    /// <param name="id">The provider's id of the call.</param>
    /// <param name="name">The tool.</param>
    /// <param name="inputJson">The arguments, one JSON value in UTF-8; anything else leaves the call marked as incomplete.</param>
    /// <param name="traits">What is special about the call.</param>
    /// <exception cref="ModelException">The answer is larger than a run may be.</exception>
    public void ToolCall(string id, string name, ReadOnlySpan<byte> inputJson, ToolCallTraits traits = ToolCallTraits.None)
    {
        EndPart();
        AppendOutput(EventKind.ToolCall, NewCallPart(id), ToolCallBuffer.ToPayload(id, name, inputJson, traits));
    }

    /// <summary>Appends what a tool answered.</summary>
    /// <param name="id">The id of the call that it answers.</param>
    /// <param name="outputJson">The answer, one JSON value in UTF-8.</param>
    /// <param name="isError">Whether the tool failed.</param>
    /// <exception cref="JsonException">The answer is not JSON.</exception>
    /// <exception cref="ModelException">The answer is larger than a run may be.</exception>
    public void ToolResult(string id, ReadOnlySpan<byte> outputJson, bool isError = false)
    {
        using var output = JsonRepair.Parse(outputJson);
        var part = _callParts is not null && _callParts.TryGetValue(id, out var known) ? known : NewCallPart(id);
        // The model has yet to answer to it.
        HasFinalUsage = false;
        Append(EventKind.ToolResult, part, EventJson.ToolResult(id, output.RootElement, isError));
    }

    private void EndOpenToolCalls()
    {
        if (_openCalls is null) return;
        foreach (var (id, call) in _openCalls.ToList())
        {
            _openCalls.Remove(id);
            // Only an answer that the provider completed can have complete arguments.
            Append(EventKind.ToolCall, call.Part, StopReason is null ? call.ToIncompletePayload() : call.ToPayload());
        }
    }

    private void AppendInput(ToolCallBuffer call, ReadOnlySpan<char> json)
    {
        if (json.IsEmpty) return;
        var pending = call.PendingHigh;
        var escaped = Escape(json, ref pending, out _);
        call.PendingHigh = pending;
        if (!escaped.IsEmpty) AppendInput(call, escaped);
    }

    private void AppendInput(ToolCallBuffer call, ReadOnlySpan<byte> escaped)
    {
        EndPart();
        // The whole call will be one event.
        if (call.Length + escaped.Length > MaxEventBytes) throw TooLarge($"The model's answer has a tool call with arguments of more than {MaxEventBytes:N0} bytes.");
        // Held twice: in the log, and until the call is complete.
        Count(escaped.Length);
        call.Add(escaped);
        AppendOutput(EventKind.ToolInput, call.Part, escaped);
    }

    private ToolCallBuffer OpenCall(string id) => _openCalls is not null && _openCalls.TryGetValue(id, out var call) ? call
        : throw new InvalidOperationException($"The tool call '{id}' is not open. Call BeginToolCall first, and nothing more after EndToolCall.");

    private ushort NewCallPart(string id)
    {
        Count(id.Length * sizeof(char));
        return (_callParts ??= [])[id] = NewPart(PartKind.ToolCall);
    }
}
