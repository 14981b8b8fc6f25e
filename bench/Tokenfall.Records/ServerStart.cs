using System.Diagnostics;
using System.Globalization;
using Tokenfall.Tests;
using Tokenfall.Tests.Processes;

namespace Tokenfall.Records;

/// <summary>From the launch of the server on a filled store to its welcome.</summary>
internal static class ServerStart
{
    public static async Task MeasureAsync(string data)
    {
        for (var round = 0; round < 3; round++)
        {
            var command = new ProcessStartInfo("dotnet", [Repository.PathOf("src/Tokenfall.Server/bin/Release/net10.0/Tokenfall.Server.dll"), "--urls", "http://127.0.0.1:0"]);
            command.Environment["Tokenfall__Data"] = data;
            command.Environment["Tokenfall__Model"] = "demo";
            command.Environment["TOKENFALL_AUTH"] = "none";
            var begin = Stopwatch.GetTimestamp();
            await using var server = ChildProcess.Start(command);
            await server.LineAsync(line => line.Contains("Tokenfall is ready", StringComparison.Ordinal), TimeSpan.FromMinutes(1));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"start of the server: {Stopwatch.GetElapsedTime(begin).TotalMilliseconds:F0} ms"));
        }
    }
}
