using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tokenfall.Tests;

/// <summary>No exception is logged as it came.</summary>
public class LoggedExceptionTests
{
    private readonly FakeLogger<RunManager> _logger = new();

    [Fact]
    public async Task SourceThatFails_IsLoggedWithCleanMessages()
    {
        await RunAsync(new FailingSource(new InvalidOperationException("outer\u001b[31m secret-key", new FormatException("inner\r\nfail: forged secret-key"))));

        var text = Logged(LogLevel.Error);
        Assert.DoesNotContain("secret-key", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
        Assert.Contains("System.InvalidOperationException: outer [31m ***", text, StringComparison.Ordinal);
        Assert.Contains(" ---> System.FormatException: inner  fail: forged ***", text, StringComparison.Ordinal);
        Assert.Contains("FailingSource.StreamAsync", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SourceThatFails_BehindAnother_IsLoggedWithoutItsSecrets()
    {
        await RunAsync(new FailingSource(new IOException("secret-key")).EndOfSequenceCompletes());

        Assert.DoesNotContain("secret-key", Logged(LogLevel.Error), StringComparison.Ordinal);
    }

    // Such as a chat client behind the gateway of another source.
    [Fact]
    public async Task SourceThatFails_WithTheSecretOfAnother_IsLoggedWithoutIt()
    {
        using var services = new ServiceCollection().AddSingleton<IModelSource>(new FailingSource(new IOException()))
            .AddSingleton(new NamedModel("second")).AddKeyedSingleton<IModelSource>("second", new FailingSource(new IOException()) { Secret = "other-key" }).BuildServiceProvider();
        using var runs = new RunManager(Options.Create(TestRuns.Plain), new FakeTimeProvider(), _logger, sources: new ModelSources(services));

        await runs.Start(writer => throw new IOException("first secret-key, second other-key")).EndedInTime();

        Assert.Contains("first ***, second ***", Logged(LogLevel.Error), StringComparison.Ordinal);
    }

    // Nobody tells what the key of a chat client is.
    [Theory]
    [InlineData("Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.e30.abc-_~+/==", "Authorization: Bearer [key]")]
    [InlineData("wrong key sk-proj-AbCd_0123456789xyz.", "wrong key [key].")]
    [InlineData("?key=AIzaSyA0123456789_abcdefghijklmnopqrst&alt=sse", "?key=[key]&alt=sse")]
    [InlineData("task-0123456789abcdefghij and sk-short", "task-0123456789abcdefghij and sk-short")]
    public async Task WhatLooksLikeAKey_IsNotLogged(string message, string logged)
    {
        await TestRuns.Manager(logger: _logger).Start(writer => throw new IOException(message)).EndedInTime();

        Assert.Contains($"unknown. {logged} ", Logged(LogLevel.Error), StringComparison.Ordinal);
        Assert.Contains($"System.IO.IOException: {logged}", Logged(LogLevel.Debug), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_OfTheProvider_AreLoggedWithoutSecrets()
    {
        await RunAsync(new FailingSource(null, writer =>
        {
            writer.AnsweredBy("m secret-key");
            writer.UpstreamRequest("r secret-key");
            writer.Complete("s secret-key");
        }));
        await RunAsync(new FailingSource(new IOException("x"), writer => writer.UpstreamRequest("r secret-key")));

        var text = _logger.Collector.Text();
        Assert.DoesNotContain("secret-key", text, StringComparison.Ordinal);
        Assert.Contains("stop reason s ***", text, StringComparison.Ordinal);
        Assert.Contains("upstream request r ***", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SourceThatFails_WithItsOwnMessage_IsLoggedWithACleanMessage()
    {
        await RunAsync(new FailingSource(new ModelException(ErrorCode.InvalidRequest, "no\r\nfail: forged secret-key", retryable: false)));

        Assert.Contains("no  fail: forged ***", Logged(LogLevel.Error), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SourceThatFailsAfterItsAnswer_IsLoggedWithCleanMessages()
    {
        await RunAsync(new FailingSource(new IOException("late\u001b secret-key")) { Completes = true });

        Assert.Contains("System.IO.IOException: late  ***", Logged(LogLevel.Warning), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AttemptThatIsRepeated_IsLoggedWithCleanMessages()
    {
        var options = TestRuns.Plain;
        options.Upstream.MaxAttempts = 2;
        var run = TestRuns.Manager(logger: _logger, options: options).Start(new FailingSource(new IOException("again\u001b secret-key")));

        while (!_logger.Collector.GetSnapshot().Any(entry => entry.Message.Contains("attempt 1", StringComparison.Ordinal))) await Task.Yield();
        run.Stop();
        await run.EndedInTime();

        Assert.EndsWith(". again  *** ", Logged(LogLevel.Warning), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProviderThatFails_IsLoggedOnOneLine_AndInFullAtDebug()
    {
        var failure = new HttpRequestException("No such host (model.example:443)", new IOException("No such host", new FormatException("DNS")));

        await RunAsync(new FailingSource(failure));

        Assert.EndsWith(". No such host (model.example:443) ---> DNS ", Logged(LogLevel.Error), StringComparison.Ordinal);
        Assert.Contains("FailingSource.StreamAsync", Logged(LogLevel.Debug), StringComparison.Ordinal);
    }

    [Fact]
    public void AggregateException_KeepsAllItsCauses()
    {
        var text = LoggedException.Of(new AggregateException(new IOException("one"), new TimeoutException("two"))).ToString();

        Assert.Contains(" ---> System.IO.IOException: one", text, StringComparison.Ordinal);
        Assert.Contains(" ---> System.TimeoutException: two", text, StringComparison.Ordinal);
    }

    [Fact]
    public void ExceptionThatIsNestedWithoutEnd_IsCut()
    {
        var failure = new IOException("0");
        for (var i = 1; i <= 1000; i++) failure = new IOException($"{i}", failure);

        Assert.InRange(LoggedException.Of(failure).ToString().Split('\n').Length, 2, 50);
    }

    private Task RunAsync(IModelSource source) => TestRuns.Manager(logger: _logger).Start(source).EndedInTime();

    private string Logged(LogLevel level) => Assert.Single(_logger.Collector.GetSnapshot(), entry => entry.Level == level) is var record ? $"{record.Message} {record.Exception}" : "";

    private sealed class FailingSource(Exception? failure, Action<RunWriter>? write = null) : IModelSource
    {
        public string? Model => null;

        public bool Completes { get; init; }

        public string Secret { get; init; } = "secret-key";

        public string Redact(string text) => text.Replace(Secret, "***", StringComparison.Ordinal);

        public async Task StreamAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken)
        {
            await Task.Yield();
            write?.Invoke(writer);
            if (Completes) writer.Complete("end_turn");
            if (failure is not null) throw failure;
        }
    }
}
