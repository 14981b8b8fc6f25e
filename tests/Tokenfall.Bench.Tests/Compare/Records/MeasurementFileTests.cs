using Tokenfall.Bench.Compare;
using Tokenfall.Bench.Reports;

namespace Tokenfall.Bench.Tests.Compare.Records;

public sealed class MeasurementFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tokenfall-bench-tests-");

    private string PathOfFile => Path.Combine(_folder.FullName, "folder", "measurements.jsonl");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Add_ReadAgain_HoldsEverything()
    {
        var result = new Result();
        result.Add("CPU per delta", 12.5, "µs");
        result.Note("a note");
        result.Fail("a problem");
        new MeasurementFile(PathOfFile).Add(Measurement.Of("cpu-100", "nginx", 2, result));

        var again = new MeasurementFile(PathOfFile);

        var one = Assert.Single(again.All);
        Assert.Equal(new Figure("CPU per delta", "µs", 12.5, null), Assert.Single(one.Figures));
        Assert.Equal(["a note"], one.Notes);
        Assert.Equal(["a problem"], one.Problems);
        Assert.True(again.Has("cpu-100", "nginx", 2));
        Assert.False(again.Has("cpu-100", "nginx", 1));
        Assert.False(again.Has("cpu-1000", "nginx", 2));
    }

    [Fact]
    public void Remove_OneContender_LeavesTheOthersInTheFile()
    {
        var file = new MeasurementFile(PathOfFile);
        file.Add(Measurement.Of("cpu-100", "nginx", 1, new Result()));
        file.Add(Measurement.Of("cpu-100", "tokenfall", 1, new Result()));

        file.Remove("cpu-100", "nginx");

        Assert.Equal("tokenfall", Assert.Single(new MeasurementFile(PathOfFile).All).Contender);
    }
}
