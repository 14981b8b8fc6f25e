using System.Text;

namespace Tokenfall.Load.Tests.Checks;

public class StampScannerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Next_StampsInAnyEnvelopeAndPiece_AreFound(int piece) =>
        Assert.Equal([(0, 17L), (1, 18L), (2, 0L)], Read("id: a1.4\ndata: {\"text\":\"0@17;1@0018;\"}\n\n: 12\n\ndata: {\"index\":0,\"delta\":\"2@0;\"}\n\n", piece));

    [Theory]
    [InlineData("3@;@5;7;")]
    [InlineData("3@5 ;")]
    [InlineData("ada3@example.org;")]
    [InlineData("99999999999@5;")]
    public void Next_WhatOnlyLooksLikeOne_IsPassedOver(string text) => Assert.Equal([(4, 6L)], Read(text + "4@6;", 1000));

    private static List<(int Number, long Made)> Read(string text, int piece)
    {
        var (scanner, found) = (new StampScanner(), new List<(int, long)>());
        foreach (var bytes in Encoding.UTF8.GetBytes(text).Chunk(piece))
        {
            ReadOnlySpan<byte> rest = bytes;
            while (scanner.Next(ref rest, out var number, out var produced)) found.Add((number, produced));
        }
        return found;
    }
}
