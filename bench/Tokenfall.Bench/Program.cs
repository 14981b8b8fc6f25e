using Tokenfall.Bench;
using Tokenfall.Bench.Serve;

if (args is ["serve", .. var served]) return await ServeCommand.RunAsync(served);
return await BenchCommand.RunAsync(args);
