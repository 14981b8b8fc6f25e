namespace Tokenfall.Server.Tests.Hosting;

/// <summary>The settings that the runtime reads before any code of ours runs; docs/performance.md has what each is worth.</summary>
public sealed class RuntimeSettingsTests
{
    [Fact]
    public void BuiltServer_ThreadsWithoutWork_DoNotSpin() =>
        Assert.Equal(0, Setting("System.Threading.ThreadPool.UnfairSemaphoreSpinLimit").GetInt32());

    [Fact]
    public void BuiltServer_Code_IsNotInstrumented() => Assert.False(Setting("System.Runtime.TieredPGO").GetBoolean());

    [Fact]
    public void BuiltServer_Collector_GivesMemoryBack() => Assert.False(Setting("System.GC.Server").GetBoolean());

    private static JsonElement Setting(string name)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Tokenfall.Server.runtimeconfig.json"));
        using var settings = JsonDocument.Parse(file);
        return settings.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties").GetProperty(name).Clone();
    }
}
