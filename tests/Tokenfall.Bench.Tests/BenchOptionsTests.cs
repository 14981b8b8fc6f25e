namespace Tokenfall.Bench.Tests;

public class BenchOptionsTests
{
    [Fact]
    public void Parse_AllOptions_AreTaken() => Assert.Equal(
        new BenchOptions { Runs = 3, Json = true, Count = 50, Seconds = 4, Spread = true, Nginx = true },
        BenchOptions.Parse(["--runs", "3", "--json", "--count", "50", "--seconds", "4", "--spread", "--nginx"]));

    [Theory]
    [InlineData("--runs")]
    [InlineData("--count", "0")]
    [InlineData("--seconds", "many")]
    [InlineData("--fast")]
    public void Parse_WhatMakesNoSense_SaysSo(params string[] args) =>
        Assert.Contains(args[0], Assert.Throws<ArgumentException>(() => BenchOptions.Parse(args)).Message);
}
