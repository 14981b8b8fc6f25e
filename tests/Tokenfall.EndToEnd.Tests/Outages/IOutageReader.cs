namespace Tokenfall.EndToEnd.Tests.Outages;

/// <summary>A program that has asked, and reads.</summary>
internal interface IOutageReader : IAsyncDisposable
{
    /// <summary>Begins to read: posts the question.</summary>
    Task AskAsync();

    /// <summary>Completes when it shows this text.</summary>
    Task ShowsAsync(string text);

    /// <summary>Tells its device that the network is gone, or back.</summary>
    Task SetOfflineAsync(bool offline);

    /// <summary>Stops its timers, or lets them go on.</summary>
    Task FreezeAsync(bool frozen);

    /// <summary>Completes when the answer has ended.</summary>
    /// <returns>The text and the states that it saw.</returns>
    Task<(string Text, string States)> EndAsync(TimeSpan patience);
}
