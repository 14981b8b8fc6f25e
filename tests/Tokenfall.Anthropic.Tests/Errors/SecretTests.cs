namespace Tokenfall.Tests;

/// <summary>The key reaches the provider and nobody else, even where the provider repeats it.</summary>
public sealed class SecretTests
{
    [Theory]
    [InlineData(401)]
    [InlineData(200)]
    public async Task Key_RepeatedByTheProvider_IsNotLogged(int status)
    {
        var error = Wire.Error("authentication_error", $"invalid x-api-key: {Model.Key}!");
        var body = status == 200 ? Wire.Stream(error) : Encoding.UTF8.GetBytes(error);
        using var handler = new ScriptedHandler(() => ScriptedHandler.Response(status, new ScriptedBody(body)));
        using var model = new Model(handler);

        var answer = await model.AskAsync();

        Assert.DoesNotContain(Model.Key, answer.Failure!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Model.Key, model.Log.Collector.Text(), StringComparison.Ordinal);
        Assert.Contains("invalid x-api-key: [key]!", model.Log.Collector.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_AcrossTheCutOfALongMessage_IsNotLogged()
    {
        var error = Wire.Error("api_error", new string('x', 490) + Model.Key);

        var answer = await Model.AnswerAsync(Wire.Stream(error));

        Assert.DoesNotContain(Model.Key[..8], answer.Fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("tool")]
    [InlineData("sk-1234")]
    public async Task Key_ShorterThanASecret_IsNotLookedFor(string key)
    {
        using var handler = new ScriptedHandler(() => ScriptedHandler.Response(400, new ScriptedBody(Encoding.UTF8.GetBytes(Wire.Error("invalid_request_error", $"max_tokens {key}!")))));
        using var model = new Model(handler, configure: options => options.ApiKey = key);

        Assert.Contains($"max_tokens {key}!", (await model.AskAsync()).Fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tool")]
    [InlineData("tool_use!")]
    public async Task StopReason_WithTheKeyInIt_IsTheProvidersWord(string key)
    {
        using var handler = new ScriptedHandler(() => ScriptedHandler.Response(200, new ScriptedBody(Wire.Stream(Wire.Start, Wire.Ended("tool_use!", 1), Wire.Stop))));
        using var model = new Model(handler, configure: options => options.ApiKey = key);

        Assert.Equal("tool_use!", (await model.AskAsync()).StopReason);
    }

    [Fact]
    public async Task Key_InAnInnerException_IsNotLogged()
    {
        using var handler = new ScriptedHandler(() => throw new HttpRequestException("failed", new IOException($"bad header\r\nx-api-key:\u001b[31m {Model.Key}")));
        using var model = new Model(handler);

        await model.AskAsync();

        Assert.DoesNotContain(Model.Key, model.Log.Collector.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', model.Log.Collector.Text());
        Assert.Contains("System.IO.IOException: bad header  x-api-key: [31m [key]", model.Log.Collector.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Key_OfTheOptions_IsNotInTheirText() =>
        Assert.DoesNotContain(Model.Key, new AnthropicOptions { ApiKey = Model.Key }.ToString()!, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"type":"message_start","message":{"model":"KEY"}}""")]
    [InlineData("""{"type":"message_delta","delta":{"stop_reason":"KEY"}}""")]
    [InlineData("""{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"KEY","name":"KEY"}}""")]
    public async Task Key_AsAWordOfTheProviders_IsNotLogged(string data)
    {
        using var handler = new ScriptedHandler(() => ScriptedHandler.Response(200, new ScriptedBody(Wire.Stream(data.Replace("KEY", Model.Key, StringComparison.Ordinal), Wire.Text("a"), Wire.Stop))));
        using var model = new Model(handler);

        Assert.Equal(EventKind.Done, (await model.AskAsync()).End);

        Assert.DoesNotContain(Model.Key, model.Log.Collector.Text(), StringComparison.Ordinal);
    }

    // 340 characters of three bytes: what is cut by bytes shows more than what is cut by characters.
    [Fact]
    public async Task Key_InALongErrorOfBareText_IsNotLogged()
    {
        var answer = await Model.AnswerAsync(Encoding.UTF8.GetBytes($"event: error\ndata: {new string('東', 335)}{Model.Key}\n\n"));

        Assert.DoesNotContain(Model.Key[..8], answer.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_InOtherCase_IsNotLogged()
    {
        var answer = await Model.AnswerAsync(Wire.Stream(Wire.Error("api_error", Model.Key.ToUpperInvariant())));

        Assert.DoesNotContain(Model.Key, answer.Fault.Message, StringComparison.OrdinalIgnoreCase);
    }
}
