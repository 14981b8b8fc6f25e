using Tokenfall.Bench;
using Tokenfall.Bench.Compare;
using Tokenfall.Bench.Serve;

if (args is ["serve", .. var served]) return await ServeCommand.RunAsync(served);
if (args is ["compare", .. var compared]) return await CompareCommand.RunAsync(compared);
return await BenchCommand.RunAsync(args);
