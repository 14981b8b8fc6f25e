using Tokenfall.Server.Commands;
using Tokenfall.Server.Hosting;

try
{
    // First, because threads take their scheduling from the one that creates them.
    BatchScheduling.Enable();
    return await CommandLine.RunAsync(args);
}
catch (Exception e) when (StartFailure.MessageOf(e) is { } message)
{
    Console.Error.WriteLine(message);
    return 1;
}

/// <summary>The entry point; public so that tests can start the server.</summary>
public partial class Program;
