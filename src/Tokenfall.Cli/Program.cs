using Tokenfall.Cli;
using Tokenfall.Cli.Plan;
using Tokenfall.Cli.Terminal;

if (args is [CalibratedServer.Command, var model]) return await CalibratedServer.ServeAsync(model);
InlineSockets.Enable();
return await CommandLine.RunAsync(args);
