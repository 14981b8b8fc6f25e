using System.Globalization;
using System.Text;
using CsCheck;

namespace Tokenfall.Tests.Fuzzing;

/// <summary>Gives a reader inputs that are nearly valid. A failure prints the input and a seed; <c>bench/fuzz</c> gives it many more.</summary>
internal static class Fuzz
{
    private static readonly int Inputs = int.Parse(Environment.GetEnvironmentVariable("FUZZ_INPUTS") ?? "2000", CultureInfo.InvariantCulture);

    /// <summary>The files of a corpus of valid inputs, in <c>tests/Corpora</c>.</summary>
    public static byte[][] Corpus(string name) =>
        [.. Directory.EnumerateFiles(Repository.PathOf($"tests/Corpora/{name}")).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    /// <summary>Checks inputs made of a corpus.</summary>
    /// <param name="corpus">The valid inputs.</param>
    /// <param name="check">Throws when the reader does something wrong. The choices are for what else it has to decide.</param>
    public static Task RunAsync(byte[][] corpus, Func<byte[], Choices, Task> check) => Gen.Select(Gen.Int[0, corpus.Length - 1], Choices.Any, Choices.Any)
        .Select((start, changes, choices) => (Input: Mutation.Of(corpus, start, changes), Choices: choices))
        .SampleAsync(one => check(one.Input, one.Choices), iter: Inputs, print: one => Show(one.Input));

    private static string Show(byte[] input) => $"{input.Length} bytes, as Latin-1:\n{Encoding.Latin1.GetString(input)}\nin Base64: {Convert.ToBase64String(input)}";
}
