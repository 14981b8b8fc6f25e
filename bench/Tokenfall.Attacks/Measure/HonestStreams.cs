using System.Net;
using Tokenfall.Attacks.Floods;
using Tokenfall.Bench.Load;
using Tokenfall.Bench.Measure;
using Tokenfall.Bench.Reports;

namespace Tokenfall.Attacks.Measure;

/// <summary>People who read answers of five seconds, one after another, as many at a time as their accounts may have.</summary>
internal sealed class HonestStreams : IAsyncDisposable
{
    public const int TokensPerSecond = 20;
    public const int Tokens = 5 * TokensPerSecond;

    private static readonly TimeSpan Ramp = TimeSpan.FromSeconds(4);

    private readonly List<TokenLoad> _loads = [];

    /// <param name="server">The server.</param>
    /// <param name="accounts">Whose streams they are.</param>
    /// <param name="times">Records the times of tokens.</param>
    public HonestStreams(IPEndPoint server, IEnumerable<Account> accounts, TokenTimes times)
    {
        foreach (var account in accounts)
            _loads.Add(new TokenLoad(server, HttpText.Ask("go", account.Key), Tokens, times) { ReplaceEnded = true, Seed = _loads.Count });
    }

    /// <summary>Opens them, at random moments.</summary>
    /// <exception cref="IOException">One of them was refused or cut; the message says why.</exception>
    public Task OpenAsync() => Task.WhenAll(_loads.Select(load => load.OpenAsync(SignInServer.RunsOfAccount, Ramp)));

    /// <summary>Waits until all have ended.</summary>
    /// <returns>What was wrong with those that were broken.</returns>
    public async Task<IReadOnlyList<string>> EndAsync()
    {
        var problems = await Task.WhenAll(_loads.Select(async load =>
        {
            var result = new Result();
            try
            {
                await load.EndAsync(result);
            }
            catch (TimeoutException)
            {
                load.Report(result);
                result.Fail("a stream has not ended");
            }
            return result.Problems;
        }));
        return [.. problems.SelectMany(problem => problem)];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var load in _loads) await load.DisposeAsync();
    }
}
