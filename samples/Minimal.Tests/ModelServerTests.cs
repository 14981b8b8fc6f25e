using Tokenfall.Testing;

public class ModelServerTests
{
    [Fact]
    public async Task ModelServer_Started_ListensOnLoopback()
    {
        // snippet: model-server
        await using var model = await ModelServer.StartAsync();
        model.Script = ModelScript.Say("Water, falling.");
        // end snippet
        Assert.True(model.Url.IsLoopback);
    }
}
