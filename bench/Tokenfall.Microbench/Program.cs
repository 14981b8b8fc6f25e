using BenchmarkDotNet.Running;
using Tokenfall.Microbench;

BenchmarkSwitcher.FromAssembly(typeof(TokenBenchmarks).Assembly).Run(args);
