using Tokenfall.Cli.Doctor.Probing;
using Tokenfall.Tests;
using Tokenfall.Tests.Fuzzing;

namespace Tokenfall.Cli.Tests.Fuzzing;

/// <summary>Whatever a hop makes of a probe: the doctor records it, or that it is not what the application sent.</summary>
public sealed class ProbeReaderFuzzTests
{
    [Fact]
    public Task Frames_NearlyValid_AreRecordedOrCalledAFailure() => Fuzz.RunAsync(Fuzz.Corpus("frames"), (input, choices) =>
    {
        var recording = new Recording(new ProbeVariant(Wire.Http1, "identity", "GET"), new ProbeRequest());
        var frames = new FrameReader(recording);
        for (int start = 0, length; start < input.Length; start += length)
        {
            length = Math.Min(choices.Next(1, 200), input.Length - start);
            frames.Add(input.AsSpan(start, length), start);
        }

        Assert.All(recording.Frames, frame => Assert.True(double.IsFinite(frame.SentMs)));
        _ = recording.Hello?.Header("Via");
        return Task.CompletedTask;
    });
}
