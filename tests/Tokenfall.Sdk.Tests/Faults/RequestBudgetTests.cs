namespace Tokenfall.Sdk.Tests.Faults;

/// <summary>Which requests count towards the attempts of one prompt.</summary>
public sealed class RequestBudgetTests
{
    [Theory]
    // What each attempt asks the server for, and how often the source is then called under three attempts.
    [InlineData("500", 3)]
    [InlineData("500 500", 2)]
    [InlineData("500 500 500 500", 1)]
    // Answered: a tool or a search of the application, before the request that fails.
    [InlineData("200 500", 3)]
    [InlineData("500 200 500", 3)]
    // Another server's.
    [InlineData("other other 500", 3)]
    public async Task RequestsOfASource_ThatFailOneAfterAnother_CountAsAttempts(string requests, int attempts)
    {
        await using var model = await OpenAIServer.StartAsync(http =>
        {
            http.Response.StatusCode = int.Parse(http.Request.Path.Value![4..], System.Globalization.CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        });
        await using var other = await OpenAIServer.StartAsync(http =>
        {
            http.Response.StatusCode = 503;
            return Task.CompletedTask;
        });
        var source = new RequestingSource([.. requests.Split(' ').Select(request => request == "other" ? other.Url : new Uri($"{model.Url}/{request}"))]);
        await EndedRun.OfAsync(source);

        Assert.Equal(attempts, source.Attempts);
    }

    private sealed class RequestingSource(IReadOnlyList<Uri> requests) : IModelSource
    {
        public int Attempts { get; private set; }

        public string? Model => null;

        public async Task StreamAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken)
        {
            Attempts++;
            using var http = new HttpClient();
            foreach (var address in requests) using (await http.GetAsync(address, cancellationToken)) { }
            throw new HttpRequestException("500", null, System.Net.HttpStatusCode.InternalServerError);
        }
    }
}
