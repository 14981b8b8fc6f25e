using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Tokenfall.AspNetCore;
using Tokenfall.Server.Configuration;
using Tokenfall.Server.Features;
using Tokenfall.Server.Hosting;
using Tokenfall.Server.Store;
using Tokenfall.Tests.Fuzzing;

namespace Tokenfall.Server.Tests.Fuzzing;

/// <summary>Whatever an operator writes into a setting: the server starts with it, or says in a line which one it is.</summary>
public sealed class SettingsFuzzTests : IDisposable
{
    private static readonly string[][] Settings = [.. File.ReadLines(Repository.PathOf("tests/Corpora/settings.txt")).Select(line => line.Split('=', 2))];
    private static readonly byte[][] Values = [.. Settings.Select(setting => Encoding.UTF8.GetBytes(setting[1]))];

    private readonly ServerFolder _place = new();
    private readonly DataFolder _folder;

    public SettingsFuzzTests() => _folder = DataFolder.Open(_place.Data);

    public void Dispose() => _place.Dispose();

    [Fact]
    public Task Setting_WithAnyText_IsTakenOrRefusedInALineThatNamesIt() => Fuzz.RunAsync(Values, async (input, choices) =>
    {
        var name = Settings[choices.Next(Settings.Length)][0];
        try
        {
            await ReadAsync(name, Encoding.UTF8.GetString(input));
        }
        catch (Exception e)
        {
            var line = StartFailure.MessageOf(e);
            Assert.True(line is not null, $"{name}: {e}");
            Assert.Contains(name.Split(':').Last(part => part != "0"), line, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(line, char.IsControl);
        }
    });

    // What the server does at its start, until it needs a port or the data folder.
    private async Task ReadAsync(string name, string value)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["ANTHROPIC_API_KEY"] = "sk-ant-x", [name] = value });
        var options = ServerOptions.Read(builder.Configuration);
        builder.AddListening(options);
        builder.AddForwardedHeaders(options);
        builder.AddAsk(ModelChoice.Decide(options, builder.Configuration, development: false), _folder, options);
        await using var app = builder.Build();
        _ = app.Services.GetRequiredService<IOptions<TokenfallOptions>>().Value;
        _ = app.Services.GetRequiredService<IOptions<TokenfallHttpOptions>>().Value;
        _ = app.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value;
        _ = app.Services.GetRequiredService<IModelSource>();
    }
}
