using Tokenfall.Cli;
using Tokenfall.Cli.Terminal;

InlineSockets.Enable();
return await CommandLine.RunAsync(args);
