using Tokenfall.Server.Accounts;

namespace Tokenfall.Server.Tests.Accounts;

public sealed class HashingThreadsTests : IDisposable
{
    private readonly HashingThreads _threads = new();

    [Fact]
    public void Place_WhenAllAreTaken_IsRefusedUntilOneIsGivenBack()
    {
        var places = Enumerable.Range(0, HashingThreads.Capacity).Select(_ => _threads.TryEnter()!).ToList();

        Assert.Null(_threads.TryEnter());
        Assert.Null(_threads.TryEnter());
        places[0].Dispose();
        Assert.NotNull(_threads.TryEnter());
        Assert.Null(_threads.TryEnter());
    }

    [Fact]
    public async Task Work_RunsOnAThreadOfItsOwn() =>
        Assert.Equal("Password hashing", await _threads.RunAsync(() => Thread.CurrentThread.Name));

    [Fact]
    public async Task Work_YieldsToAnswers()
    {
        if (!OperatingSystem.IsLinux()) return;

        Assert.True(await _threads.RunAsync(Nice) >= 10);

        // proc(5): the 19th field; the second one is a name in parentheses.
        static int Nice() => int.Parse(File.ReadAllText("/proc/thread-self/stat").Split(") ")[^1].Split(' ')[16], System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Work_ThatThrows_FailsAndTheThreadLivesOn()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _threads.RunAsync<int>(() => throw new InvalidOperationException()));
        Assert.Equal(1, await _threads.RunAsync(() => 1));
    }

    public void Dispose() => _threads.Dispose();
}
