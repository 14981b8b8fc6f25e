using System.Collections.Concurrent;
using System.Net.Http.Json;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>Questions within stored conversations, and the calls that list, read, rename, import, export and delete them.</summary>
public sealed class ConversationEndpointsTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly ConcurrentQueue<IReadOnlyList<ChatMessage>> _asked = new();
    private readonly string _conversation = Id();
    private TestApp _app = null!;

    public async Task InitializeAsync()
    {
        _app = await SignedIn.StartAsync(
            services: services => services.AddTokenfall().AddSqlite(Path.Combine(_folder, "journal.db")),
            map: app => app.MapTokenfallConversations().RequireAuthorization());
        _app.Source.Answer = (request, writer, _) =>
        {
            _asked.Enqueue(request.Messages);
            writer.Text($"Answer to {request.Messages[^1].Text}.");
            writer.Usage(new TokenUsage { UncachedInputTokens = 12, OutputTokens = 39 });
            writer.Complete("end_turn");
            return Task.CompletedTask;
        };
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Start_NamesTheConversationAndTheQuestion()
    {
        var start = (await AskAsync(new { prompt = "one", conversation = _conversation }))[0].Json;

        Assert.Equal(_conversation, start.GetProperty("conversation").GetString());
        Assert.Equal(22, start.GetProperty("question").GetString()!.Length);
    }

    [Fact]
    public async Task SecondQuestion_IsAskedWithWhatWasSaidBefore()
    {
        var run = RunOf(await AskAsync(new { prompt = "one", conversation = _conversation }));

        await AskAsync(new { prompt = "two", conversation = _conversation, parent = run });

        Assert.Equal(
            [("user", "one"), ("assistant", "Answer to one."), ("user", "two")],
            _asked.Last().Select(message => (message.Role.Value, message.Text)));
    }

    [Fact]
    public async Task EditedQuestion_IsAskedWithoutTheEarlierOne_WhichStays()
    {
        await AskAsync(new { prompt = "one", conversation = _conversation });

        await AskAsync(new { prompt = "one, edited", conversation = _conversation });

        Assert.Equal(["one, edited"], _asked.Last().Select(message => message.Text));
        Assert.Equal(4, (await ReadAsync()).GetProperty("messages").GetArrayLength());
    }

    [Fact]
    public async Task StoredQuestion_GetsAnotherAnswer()
    {
        var first = await AskAsync(new { prompt = "one", conversation = _conversation });
        var question = first[0].Json.GetProperty("question").GetString();

        await AskAsync(new { conversation = _conversation, question });

        Assert.Equal(["one"], _asked.Last().Select(message => message.Text));
        var messages = (await ReadAsync()).GetProperty("messages").EnumerateArray().ToList();
        Assert.Equal([question, question], messages.Where(IsAnswer).Select(message => message.GetProperty("parent").GetString()));
    }

    [Fact]
    public async Task Messages_WithAConversation_GiveTheirLastOnly()
    {
        var run = RunOf(await AskAsync(new { prompt = "one", conversation = _conversation }));

        await AskAsync(new { messages = new[] { new { role = "user", content = "forged" }, new { role = "assistant", content = "forged" }, new { role = "user", content = "two" } }, conversation = _conversation, parent = run });

        Assert.Equal(["one", "Answer to one.", "two"], _asked.Last().Select(message => message.Text));
    }

    [Fact]
    public async Task Read_GivesTheAnswerAsItWasSaid()
    {
        var run = RunOf(await AskAsync(new { prompt = "one", conversation = _conversation }));

        var answer = (await ReadAsync()).GetProperty("messages")[1];

        Assert.Equal((run, "assistant", "done", "Answer to one.", 39), (
            answer.GetProperty("id").GetString(), answer.GetProperty("role").GetString(), answer.GetProperty("state").GetString(),
            answer.GetProperty("parts")[0].GetProperty("text").GetString(), answer.GetProperty("output_tokens").GetInt32()));
    }

    [Fact]
    public async Task Read_OfAnAnswerThatIsBeingWritten_SaysWhereToReadIt()
    {
        _app.Source.Answer = null;
        using var stream = await EventStream.OfAsync(await StartAsync(new { prompt = "one", conversation = _conversation }));
        var answer = await _app.Source.AskedAsync();
        await answer.SaidAsync("a");

        var message = (await ReadAsync()).GetProperty("messages")[1];
        Assert.Equal(("writing", JsonValueKind.Null), (message.GetProperty("state").GetString(), message.GetProperty("parts").ValueKind));
        using var second = await EventStream.OfAsync(await _app.Client.StartAsync(new HttpRequestMessage(HttpMethod.Get, message.GetProperty("stream").GetString()).AsProgram("ann")));
        answer.Finish();
        Assert.Equal(["start", "delta", "done"], (await second.ToEndAsync()).Select(frame => frame.Event));
    }

    [Fact]
    public async Task Question_BehindAnAnswerThatIsBeingWritten_IsRefused()
    {
        _app.Source.Answer = null;
        using var stream = await EventStream.OfAsync(await StartAsync(new { prompt = "one", conversation = _conversation }));
        await _app.Source.AskedAsync();
        var run = (await ReadAsync()).GetProperty("messages")[1].GetProperty("id").GetString();

        await Refused.AssertAsync(await StartAsync(new { prompt = "two", conversation = _conversation, parent = run }), 409, "answer_unfinished");
    }

    [Fact]
    public async Task StoppedAnswer_KeepsWhatWasSaid_AndIsPartOfTheHistory()
    {
        _app.Source.Answer = null;
        using var stream = await EventStream.OfAsync(await StartAsync(new { prompt = "one", conversation = _conversation }));
        var answer = await _app.Source.AskedAsync();
        await answer.SaidAsync("half");
        var path = (await ReadAsync()).GetProperty("messages")[1].GetProperty("stream").GetString()!;
        (await SendAsync(HttpMethod.Delete, path)).EnsureSuccessStatusCode();
        await stream.ToEndAsync();

        var stopped = (await ReadAsync()).GetProperty("messages")[1];
        Assert.Equal(("stopped", "half"), (stopped.GetProperty("state").GetString(), stopped.GetProperty("parts")[0].GetProperty("text").GetString()));
        using var next = await EventStream.OfAsync(await StartAsync(new { prompt = "two", conversation = _conversation, parent = stopped.GetProperty("id").GetString() }));
        Assert.Equal(["one", "half", "two"], (await _app.Source.AskedAsync()).Request.Messages.Select(message => message.Text));
    }

    [Theory]
    [InlineData("""{"prompt":"x","conversation":"short"}""", 400, "bad_conversation")]
    [InlineData("""{"prompt":"x","parent":"AAAAAAAAAAAAAAAAAAAAAA"}""", 400, "bad_conversation")]
    [InlineData("""{"conversation":"AAAAAAAAAAAAAAAAAAAAAA"}""", 400, "bad_conversation")]
    [InlineData("""{"prompt":"x","conversation":"AAAAAAAAAAAAAAAAAAAAAA","parent":"BBBBBBBBBBBBBBBBBBBBBB"}""", 404, "unknown_message")]
    [InlineData("""{"conversation":"AAAAAAAAAAAAAAAAAAAAAA","question":"BBBBBBBBBBBBBBBBBBBBBB"}""", 404, "unknown_message")]
    [InlineData("""{"prompt":" ","conversation":"AAAAAAAAAAAAAAAAAAAAAA"}""", 400, "prompt_empty")]
    public async Task QuestionWithoutAPlace_IsRefused(string body, int status, string code) =>
        await Refused.AssertAsync(await _app.Client.StartAsync(Calls.PostJson(body).AsProgram("ann")), status, code);

    [Fact]
    public async Task Conversations_AreTheirOwners()
    {
        await AskAsync(new { prompt = "one", conversation = _conversation });

        await Refused.AssertAsync(await SendAsync(HttpMethod.Get, Address, user: "eve"), 404, "unknown_conversation");
        await Refused.AssertAsync(await SendAsync(HttpMethod.Get, $"{Address}/export", user: "eve"), 404, "unknown_conversation");
        await Refused.AssertAsync(await SendAsync(HttpMethod.Delete, Address, user: "eve"), 404, "unknown_conversation");
        await Refused.AssertAsync(await SendAsync(HttpMethod.Patch, Address, new { title = "mine" }, "eve"), 404, "unknown_conversation");
        await Refused.AssertAsync(await StartAsync(new { prompt = "two", conversation = _conversation }, "eve"), 409, "conversation_conflict");
        Assert.Equal(0, (await ListAsync(user: "eve")).GetArrayLength());
        Assert.Equal(1, (await ListAsync()).GetArrayLength());
    }

    [Fact]
    public async Task Search_FindsByTextAndTitle()
    {
        await AskAsync(new { prompt = "Waterfalls", conversation = _conversation });
        await AskAsync(new { prompt = "Brooks", conversation = Id() });

        Assert.Equal(1, (await ListAsync("?q=water")).GetArrayLength());
        Assert.Equal(2, (await ListAsync("?q=answer")).GetArrayLength());
        Assert.Equal(1, (await ListAsync("?limit=1")).GetArrayLength());
    }

    [Fact]
    public async Task Rename_ChangesTheTitle()
    {
        await AskAsync(new { prompt = "one", conversation = _conversation });

        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Patch, Address, new { title = " Two\nlines " })).StatusCode);

        Assert.Equal("Two lines", (await ReadAsync()).GetProperty("title").GetString());
        await Refused.AssertAsync(await SendAsync(HttpMethod.Patch, Address, new { title = "\u0001" }), 400, "bad_title");
    }

    [Fact]
    public async Task Delete_StopsTheRunThatIsWriting_AndLeavesNothing()
    {
        _app.Source.Answer = null;
        using var stream = await EventStream.OfAsync(await StartAsync(new { prompt = "one", conversation = _conversation }));
        var answer = await _app.Source.AskedAsync();
        var path = (await ReadAsync()).GetProperty("messages")[1].GetProperty("stream").GetString()!;

        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Delete, Address)).StatusCode);

        await answer.Cancelled;
        await Refused.AssertAsync(await SendAsync(HttpMethod.Get, path), 404, "unknown_run");
        await Refused.AssertAsync(await SendAsync(HttpMethod.Get, Address), 404, "unknown_conversation");
    }

    [Fact]
    public async Task DeleteAll_LeavesNone()
    {
        await AskAsync(new { prompt = "one", conversation = _conversation });
        await AskAsync(new { prompt = "two", conversation = Id() });

        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Delete, "/conversations")).StatusCode);

        Assert.Equal(0, (await ListAsync()).GetArrayLength());
    }

    [Fact]
    public async Task Export_AsMarkdown_IsOneBranchThatAPersonReads()
    {
        await AskAsync(new { prompt = "one", conversation = _conversation });
        await AskAsync(new { prompt = "one, edited", conversation = _conversation });

        var response = await SendAsync(HttpMethod.Get, $"{Address}/export");

        Assert.Equal(("text/markdown", "attachment"), (response.Content.Headers.ContentType!.MediaType, response.Content.Headers.ContentDisposition!.DispositionType));
        var text = await response.Content.ReadAsStringAsync();
        Assert.StartsWith("# one\n\n## You, 20", text, StringComparison.Ordinal);
        Assert.Contains("\n\none, edited\n\n", text, StringComparison.Ordinal);
        Assert.Contains("Answer to one, edited.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Answer to one.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_IsReadLikeAnyOther_AndIsDoneOnce()
    {
        var kept = new { messages = new[] { new { role = "user", content = "asked" }, new { role = "assistant", content = "answered" } } };

        Assert.Equal(HttpStatusCode.Created, (await SendAsync(HttpMethod.Put, Address, kept)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Put, Address, kept)).StatusCode);

        var read = await ReadAsync();
        Assert.Equal(("asked", 2), (read.GetProperty("title").GetString(), read.GetProperty("messages").GetArrayLength()));
        await AskAsync(new { prompt = "next", conversation = _conversation, parent = read.GetProperty("messages")[1].GetProperty("id").GetString() });
        Assert.Equal(["asked", "answered", "next"], _asked.Last().Select(message => message.Text));
    }

    [Fact]
    public async Task Import_OfWhatIsNoConversation_IsRefused()
    {
        await Refused.AssertAsync(await SendAsync(HttpMethod.Put, Address, new { messages = new[] { new { role = "assistant", content = "x" } } }), 400, "bad_messages");
        await Refused.AssertAsync(await SendAsync(HttpMethod.Put, Address, new { title = "x" }), 400, "bad_messages");
    }

    [Fact]
    public async Task Change_ByCookieWithoutAToken_IsRefused()
    {
        await AskAsync(new { prompt = "one", conversation = _conversation });
        using var browser = await _app.BrowserAsync("ann");

        await Refused.AssertAsync(await browser.DeleteAsync(Address), 400, "antiforgery");

        Assert.Equal(1, (await ListAsync()).GetArrayLength());
    }

    private string Address => $"/conversations/{_conversation}";

    private static string Id() => RunId.New().ToString();

    private static bool IsAnswer(JsonElement message) => message.GetProperty("role").GetString() == "assistant";

    private static string RunOf(List<Frame> frames) => frames[0].Json.GetProperty("run").GetString()!;

    private async Task<List<Frame>> AskAsync(object body)
    {
        using var stream = await EventStream.OfAsync(await StartAsync(body));
        return await stream.ToEndAsync();
    }

    private Task<HttpResponseMessage> StartAsync(object body, string user = "ann") => _app.Client.StartAsync(Calls.Post(body).AsProgram(user));

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null, string user = "ann") =>
        _app.Client.SendAsync(new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) }.AsProgram(user));

    private async Task<JsonElement> ReadAsync() => await JsonAsync(await SendAsync(HttpMethod.Get, Address));

    private async Task<JsonElement> ListAsync(string query = "", string user = "ann") =>
        (await JsonAsync(await SendAsync(HttpMethod.Get, $"/conversations{query}", user: user))).GetProperty("conversations");

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }
}
