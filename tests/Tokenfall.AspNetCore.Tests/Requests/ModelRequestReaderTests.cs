using System.Net.Http.Headers;
using System.Text;

namespace Tokenfall.AspNetCore.Tests;

public sealed class ModelRequestReaderTests
{
    public static TheoryData<string, string, string> BadJson => new()
    {
        { "{}", "prompt_empty", "prompt" },
        { """{"prompt":""}""", "prompt_empty", "prompt" },
        { """{"prompt":" \n\t "}""", "prompt_empty", "prompt" },
        { """{"prompt":"aaaaaaaaaaa"}""", "prompt_too_long", "11" },
        { """{"messages":[{"role":"user","content":"aaaaaaaaaaa"}]}""", "prompt_too_long", "at most 10" },
        { """{"prompt":"a" """, "malformed_json", "line 1" },
        { "", "malformed_json", "{\"prompt\"" },
        { "null", "malformed_json", "{\"prompt\"" },
        { "[]", "malformed_json", "{\"prompt\"" },
        { "\"hi\"", "malformed_json", "{\"prompt\"" },
        { """{"prompt":5}""", "malformed_json", "$.prompt" },
        { """{"prompt":["a"]}""", "malformed_json", "$.prompt" },
        { """{"prompt":"a","prompt":"b"}""", "malformed_json", "$.prompt" },
        { """{"prompt":"a","Prompt":"b"}""", "malformed_json", "rompt" },
        { """{"prompt":"\ud800"}""", "malformed_json", "$.prompt" },
        { """{"prompt":"a","model":"\ud800"}""", "malformed_json", "$.model" },
        { """{"prompt":"a","reasoning_effort":["\udc00"]}""", "malformed_json", "$.reasoning_effort" },
        { """{"messages":{}}""", "malformed_json", "$.messages" },
        { """{"messages":[{"role":"user","content":["a"]}]}""", "malformed_json", "$.messages[0].content" },
        { """{"messages":[{"role":"user","content":"a","name":"b"}]}""", "malformed_json", "nothing else" },
        { """{"messages":[]}""", "bad_messages", "empty" },
        { """{"messages":[null]}""", "bad_messages", "messages[0]" },
        { """{"messages":[{"role":"user"}]}""", "bad_messages", "messages[0].content" },
        { """{"messages":[{"role":"user","content":" "}]}""", "bad_messages", "messages[0].content" },
        { """{"messages":[{"role":"system","content":"a"},{"role":"user","content":"b"}]}""", "bad_messages", "messages[0].role" },
        { """{"messages":[{"content":"a"}]}""", "bad_messages", "messages[0].role" },
        { """{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}""", "bad_messages", "last message" },
        { """{"prompt":"a","messages":[{"role":"user","content":"b"}]}""", "bad_messages", "not both" },
        { """{"prompt":"a","disconnect":"never"}""", "bad_disconnect", "stop, continue or grace" },
        { """{"prompt":"a","disconnect":"Stop"}""", "bad_disconnect", "stop, continue or grace" },
    };

    [Theory]
    [InlineData("model")]
    [InlineData("temperature")]
    [InlineData("reasoning_effort")]
    public async Task Post_FieldThatIsNotUtf8_Is400ThatNamesIt(string field)
    {
        await using var app = await TestApp.StartAsync();
        using var request = Calls.Post(new { });
        request.Content = new ByteArrayContent([.. System.Text.Encoding.ASCII.GetBytes($"{{\"prompt\":\"a\",\"{field}\":\"x"), 0xFE, .. "\"}"u8]);
        request.Content.Headers.ContentType = new("application/json");

        using var response = await app.Client.StartAsync(request);

        Assert.Contains($"$.{field}", await Refused.AssertAsync(response, 400, "malformed_json"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BadJson))]
    public async Task Post_BadJson_Is400ThatSaysWhy(string json, string code, string says)
    {
        await using var app = await TestApp.StartAsync(options => options.MaxPromptLength = 10);

        using var response = await app.Client.StartAsync(Calls.PostJson(json).With("Accept", "text/event-stream"));

        Assert.Contains(says, await Refused.AssertAsync(response, 400, code), StringComparison.Ordinal);
        Assert.Equal(0, app.Source.Count);
    }

    [Theory]
    [InlineData("MaxConversationLength", "conversation_too_long", "11 characters; at most 10")]
    [InlineData("MaxMessages", "too_many_messages", "3 messages; at most 2")]
    public async Task Post_ConversationBeyondALimit_Is400ThatSaysWhy(string setting, string code, string says)
    {
        await using var app = await TestApp.StartAsync(options =>
        {
            if (setting == "MaxMessages") options.MaxMessages = 2;
            else options.MaxConversationLength = 10;
        });

        using var response = await app.Client.StartAsync(Calls.Post(new
        {
            messages = new[] { new { role = "user", content = "aaaa" }, new { role = "assistant", content = "bbbbb" }, new { role = "user", content = " cc" } },
        }));

        Assert.Contains(says, await Refused.AssertAsync(response, 400, code), StringComparison.Ordinal);
        Assert.Equal(0, app.Source.Count);
    }

    [Fact]
    public async Task Post_JsonThatIsNotUtf8_Is400()
    {
        await using var app = await TestApp.StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, TestApp.Path) { Content = new ByteArrayContent([.. "{\"prompt\":\""u8, 0xE9, .. "\"}"u8]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        using var response = await app.Client.StartAsync(request);

        await Refused.AssertAsync(response, 400, "malformed_json");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=iso-8859-1")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Post_OtherContentType_Is415ThatSaysWhatToSend(string? contentType)
    {
        await using var app = await TestApp.StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, TestApp.Path) { Content = new ByteArrayContent("""{"prompt":"hi"}"""u8.ToArray()) };
        if (contentType is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        using var response = await app.Client.StartAsync(request);

        Assert.Contains("application/json", await Refused.AssertAsync(response, 415, "unsupported_content_type"), StringComparison.Ordinal);
        Assert.Equal(0, app.Source.Count);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json; charset=\"UTF-8\"")]
    public async Task Post_Json_AsksThePrompt(string contentType)
    {
        await using var app = await TestApp.StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, TestApp.Path) { Content = new ByteArrayContent("""{"prompt":" wörld 😀 "}"""u8.ToArray()) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        using var response = await app.Client.StartAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("wörld 😀", (await app.Source.AskedAsync()).Prompt);
    }

    [Fact]
    public async Task Post_PromptExactlyAtTheLimitAfterTrimming_Starts()
    {
        await using var app = await TestApp.StartAsync(options => options.MaxPromptLength = 10);

        using var response = await app.Client.AskAsync("  aaaaaaaaaa  ");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("aaaaaaaaaa", (await app.Source.AskedAsync()).Prompt);
    }

    [Fact]
    public async Task Post_UnknownFieldBesideThePrompt_IsIgnored()
    {
        await using var app = await TestApp.StartAsync();

        using var response = await app.Client.StartAsync(Calls.Post(new { prompt = "hi", temperature = 1 }));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Post_Messages_AsksTheConversation()
    {
        await using var app = await TestApp.StartAsync(options =>
        {
            options.MaxPromptLength = 10;
            options.Upstream.MaxTokens = 77;
        });
        var early = new string('e', 50);

        using var response = await app.Client.StartAsync(Calls.Post(new
        {
            messages = new[] { new { role = "user", content = early }, new { role = "assistant", content = " B " }, new { role = "user", content = " c " } },
        }));

        var request = (await app.Source.AskedAsync()).Request;
        Assert.Equal(
            [(ChatRole.User, early), (ChatRole.Assistant, " B "), (ChatRole.User, "c")], request.Messages.Select(message => (message.Role, message.Text)));
        Assert.Equal(77, request.Options.MaxOutputTokens);
    }

    [Fact]
    public async Task Post_Form_AsksThePrompt()
    {
        await using var app = await TestApp.StartAsync();

        using var response = await app.Client.StartAsync(Calls.PostForm(("prompt", " wörld & + ")));

        Assert.Equal("wörld & +", (await app.Source.AskedAsync()).Prompt);
    }

    [Fact]
    public async Task Post_MultipartForm_AsksThePrompt()
    {
        await using var app = await TestApp.StartAsync();

        using var response = await app.Client.StartAsync(new HttpRequestMessage(HttpMethod.Post, TestApp.Path)
        {
            Content = new MultipartFormDataContent { { new StringContent("wörld"), "prompt" } },
        });

        Assert.Equal("wörld", (await app.Source.AskedAsync()).Prompt);
    }

    public static TheoryData<string, string, string> BadForms => new()
    {
        { "", "prompt_empty", "prompt" },
        { "prompt=+", "prompt_empty", "prompt" },
        { "prompt=aaaaaaaaaaa", "prompt_too_long", "11" },
        { "prompt=a&disconnect=never", "bad_disconnect", "stop, continue or grace" },
        { "prompt=a&prompt=b", "malformed_form", "prompt" },
    };

    [Theory]
    [MemberData(nameof(BadForms))]
    public async Task Post_BadForm_Is400ThatSaysWhy(string form, string code, string says)
    {
        await using var app = await TestApp.StartAsync(options => options.MaxPromptLength = 10);

        using var response = await app.Client.StartAsync(new HttpRequestMessage(HttpMethod.Post, TestApp.Path)
        {
            Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"),
        });

        Assert.Contains(says, await Refused.AssertAsync(response, 400, code), StringComparison.Ordinal);
        Assert.Equal(0, app.Source.Count);
    }

    [Theory]
    [InlineData("multipart/form-data", "--x\r\n")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nnot a part")]
    public async Task Post_MalformedMultipart_Is400(string contentType, string body)
    {
        await using var app = await TestApp.StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, TestApp.Path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        using var response = await app.Client.StartAsync(request);

        await Refused.AssertAsync(response, 400, "malformed_form");
    }
}
