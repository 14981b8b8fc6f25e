using System.Collections.Concurrent;
using System.Net;
using Tokenfall.Attacks.Floods;
using Tokenfall.Testing;

namespace Tokenfall.Attacks.Soak;

/// <summary>What the actions of a soak share. Thread-safe.</summary>
/// <param name="server">The server.</param>
/// <param name="model">Its model.</param>
/// <param name="account">The account, with a key that stays valid.</param>
internal sealed class SoakWorld(SoakServer server, ModelServer model, Account account) : IDisposable
{
    private readonly ConcurrentDictionary<string, int> _outcomes = new();
    private readonly ConcurrentQueue<string> _problems = new();

    public SoakServer Server => server;

    public ModelServer Model => model;

    public string Key => account.Key;

    public IPEndPoint EndPoint { get; } = new(IPAddress.Loopback, server.Port);

    /// <summary>Who calls.</summary>
    public Victim Caller { get; } = new(server.Port, account);

    /// <summary>What was wrong.</summary>
    public IReadOnlyCollection<string> Problems => _problems;

    /// <summary>How often each outcome was seen.</summary>
    public IReadOnlyDictionary<string, int> Outcomes => _outcomes;

    /// <summary>Counts what came of something. A status of 500 is wrong: whatever happens to the server, it has words for it.</summary>
    public void Count(string outcome)
    {
        _outcomes.AddOrUpdate(outcome, 1, (_, count) => count + 1);
        if (outcome.Contains(" 500", StringComparison.Ordinal)) Wrong(outcome);
    }

    public void Wrong(string problem) => _problems.Enqueue(problem);

    public void Dispose() => Caller.Dispose();
}
