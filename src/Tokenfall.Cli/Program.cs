return await Tokenfall.Cli.CommandLine.RunAsync(args);
