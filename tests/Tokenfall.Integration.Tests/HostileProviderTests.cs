using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;

namespace Tokenfall.Integration.Tests;

/// <summary>Whatever a provider sends, every run ends, and the log has no line that it forged and no secret.</summary>
public sealed class HostileProviderTests
{
    private const string Key = "sk-the-key-of-this-provider";
    private const string OtherKey = "sk-the-key-of-another-model";

    // What forges a line, moves the cursor, or ends a string, with both secrets between. Escaped as JSON, and as it is.
    private const string Escaped = @"\u001b[31m\r\nfail: forged\u0000\u0085\u202e " + Key + " " + OtherKey;
    private const string Raw = "\u001b[31m " + Key + " " + OtherKey;

    private const string Stream = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";

    private static readonly SearchValues<char> Forbidden = SearchValues.Create('\u001b', '\r', '\0', '\u0085', '\u009b', '\u202e');

    private static IReadOnlyList<(string Name, IEnumerable<string> Answer)> Scenarios { get; } =
    [
        ("status line", [$"HTTP/1.1 200 {Raw}\r\nContent-Type: text/html\r\n\r\n<html>"]),
        ("no HTTP", [Raw + "\r\n\r\n"]),
        ("header without a name", [$"HTTP/1.1 200 OK\r\n{Raw}\r\n\r\n"]),
        ("header name", [$"HTTP/1.1 200 OK\r\nx{Raw}: 1\r\n\r\n"]),
        ("chunk size", [$"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n{Raw}\r\n"]),
        ("content type", [$"HTTP/1.1 200 OK\r\nContent-Type: {Raw}\r\n\r\n"]),
        ("request id", [$"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nrequest-id: {Raw}\r\n\r\n", Event($"{{{Raw}")]),
        ("redirect", [$"HTTP/1.1 302 Found\r\nLocation: https://evil.example/{Key}\r\n\r\n"]),
        ("endless headers", Endless("HTTP/1.1 200 OK\r\n", $"x-{Key}: {OtherKey}\r\n")),
        ("endless interim responses", Endless("", "HTTP/1.1 100 Continue\r\n\r\n", 100_000)),
        ("refusal", [$"HTTP/1.1 400 Bad Request\r\n\r\n{Error(Escaped, Escaped)}"]),
        ("refusal that is no JSON", [$"HTTP/1.1 500 Oops\r\nContent-Type: text/plain\r\n\r\n{Raw}"]),
        ("retry-after", [$"HTTP/1.1 429 Slow\r\nRetry-After: 250000000000\r\n\r\n{Error("rate_limit_error", Escaped)}"]),
        ("error in the stream", [Stream, Event(Error(Escaped, Escaped))]),
        ("error of bare text", [Stream, $"event: error\ndata: {Raw}\n\n"]),
        ("error that is no event", [Stream, Error("api_error", Escaped)]),
        ("long error", [Stream, Event(Error("api_error", new string('x', 495) + Key))]),
        ("event that cannot be read", [Stream, Event($$"""{"{{Raw}}":{{Raw}} }""")]),
        ("words", [Stream, Event($$"""{"type":"message_start","message":{"id":"{{Escaped}}","model":"{{Escaped}}"} }"""),
            Event($$"""{"type":"message_delta","delta":{"stop_reason":"{{Escaped}}","stop_sequence":"{{Escaped}}"} }"""), Event("""{"type":"message_stop"}""")]),
        ("tool", [Stream, Event(Tool(Escaped)), Event(Tool(Escaped)), Event(Input(Escaped))]),
        ("another message", [Stream, Event(Start(Escaped)), Event(Start("b"))]),
        ("usage", [Stream, Event("""{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":-5,"output_tokens":1e30} }"""), Event("""{"type":"message_stop"}""")]),
        ("endless arguments", Endless(Stream + Event(Tool("t")), Event(Input(new string('a', 100_000))))),
        ("endless open blocks", Numbered(Stream, i => Event(Tool(i.ToString(CultureInfo.InvariantCulture))))),
        ("endless parts", Endless(Stream, string.Concat(Enumerable.Repeat(Event("""{"type":"content_block_start","content_block":{"type":"text","text":"a"}}"""), 1000)))),
        ("endless unknown blocks", Endless(Stream, Event($$"""{"type":"content_block_start","content_block":{"type":"{{Escaped}}","x":"{{new string('a', 100_000)}}"} }"""))),
        ("endless event", Endless(Stream + "data: ", new string('a', 100_000))),
        ("endless pings", Endless(Stream, Event("""{"type":"ping"}"""), 10_000)),
        ("endless comments", Endless(Stream, ": hello\n\n", 10_000)),
        ("endless unknown events", Endless(Stream, Event($$"""{"type":"{{Escaped}}"}"""), 10_000)),
    ];

    [Fact(Timeout = 120_000)]
    public async Task Log_AfterEachHostileAnswer_HasNothingThatTheProviderForged()
    {
        await using var provider = new HostileProvider();
        await using var app = await App.StartAsync(services =>
        {
            // Two, so that a repeated attempt is logged as well.
            services.AddTokenfall(options => options.Upstream.MaxAttempts = 2)
                .AddAnthropic("other", options => options.ApiKey = OtherKey)
                .AddAnthropic(options => (options.ApiKey, options.BaseUrl) = (Key, provider.Url.ToString()));
        });
        foreach (var (name, answer) in Scenarios)
        {
            provider.Answer = answer;
            using var response = (await app.AskAsync()).Response;
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            var stream = await reader.ReadToEndAsync();
            await LoggedAsync(app.Log);

            var last = stream[(stream.LastIndexOf("event: ", StringComparison.Ordinal) + 7)..];
            Assert.True(last.StartsWith("done", StringComparison.Ordinal) || last.StartsWith("error", StringComparison.Ordinal), $"{name}: ended by {last}");
            AssertClean(app.Log, name);
            app.Log.Clear();
        }
    }

    // A reader may have its last event before the log has its line.
    private static async Task LoggedAsync(FakeLogCollector log)
    {
        using var limit = new CancellationTokenSource(Waiting.Limit);
        await foreach (var record in log.GetLogsAsync(limit.Token))
            if (record.Message.StartsWith("Run ", StringComparison.Ordinal) && (record.Message.Contains(" ended: ", StringComparison.Ordinal) || record.Message.Contains(" failed: ", StringComparison.Ordinal))) return;
    }

    private static void AssertClean(FakeLogCollector log, string name)
    {
        foreach (var record in log.GetSnapshot())
        {
            var all = new StringBuilder().Append(record.Category).Append(record.Message).Append(record.Exception).AppendJoin(' ', record.StructuredState ?? []).AppendJoin(' ', record.Scopes);
            for (var inner = record.Exception; inner is not null; inner = inner.InnerException) all.Append(inner.Message).Append(inner);
            var text = all.ToString();
            Assert.False(text.Contains(Key, StringComparison.OrdinalIgnoreCase) || text.Contains(OtherKey, StringComparison.OrdinalIgnoreCase), $"{name}: a secret in: {text}");
            Assert.False(text.AsSpan().ContainsAny(Forbidden), $"{name}: a control character in: {text}");
            Assert.DoesNotContain("\nfail: forged", text, StringComparison.Ordinal);
        }
    }

    private static string Event(string json) => $"event: x\ndata: {json}\n\n";

    private static string Error(string type, string message) => $$"""{"type":"error","error":{"type":"{{type}}","message":"{{message}}"},"request_id":"{{message}}"}""";

    private static string Start(string id) => $$"""{"type":"message_start","message":{"id":"{{id}}"} }""";

    private static string Tool(string id) => $$"""{"type":"content_block_start","index":{{id.Length}},"content_block":{"type":"tool_use","id":"{{id}}","name":"{{Escaped}}"} }""";

    private static string Input(string json) => $$"""{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{{json}}"} }""";

    private static IEnumerable<string> Endless(string beginning, string piece, int pieces = int.MaxValue) => Numbered(beginning, _ => piece, pieces);

    private static IEnumerable<string> Numbered(string beginning, Func<int, string> piece, int pieces = int.MaxValue)
    {
        yield return beginning;
        for (var i = 0; i < pieces; i++) yield return piece(i);
    }
}
