using System.Diagnostics;

namespace Tokenfall.AspNetCore.Tests.HalfOpen;

/// <summary>A machine of its own, as far as the network can tell: a namespace, joined to this one by a pair of virtual cables.</summary>
internal sealed class Peer : IDisposable
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    // 198.18.0.0/15 is for tests of network devices, and routed nowhere (RFC 2544, appendix C.2.2).
    private const string OurAddress = "198.18.83.1", TheirAddress = "198.18.83.2";

    private readonly string _name = $"tf{Environment.ProcessId:x}";

    private Peer()
    {
        try
        {
            Ip($"netns add {_name}");
            Ip($"link add {_name}a type veth peer name {_name}b netns {_name}");
            Ip($"addr add {OurAddress}/30 dev {_name}a");
            Ip($"link set {_name}a up");
            Ip($"-n {_name} addr add {TheirAddress}/30 dev {_name}b");
            Ip($"-n {_name} link set {_name}b up");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>This side of the cable: what a server has to listen on.</summary>
    public static IPAddress Server { get; } = IPAddress.Parse(OurAddress);

    public static string? MissingTool => Array.Find(["ip", "curl"], tool => Find(tool) is null);

    public static Peer Create() => new();

    /// <summary>Why no peer can be made; null when it can.</summary>
    public static string? WhyNot()
    {
        try
        {
            new Peer().Dispose();
            return null;
        }
        catch (InvalidOperationException refused)
        {
            return refused.Message;
        }
    }

    /// <summary>Starts a program over there. Its output can be read here.</summary>
    public Process Run(string program, params string[] arguments) => Start("ip", ["netns", "exec", _name, program, .. arguments]);

    /// <summary>Takes it off the network, as a phone in a tunnel: nothing more comes from there, not even an end.</summary>
    public void Vanish() => Ip($"-n {_name} link set {_name}b down");

    public void Dispose()
    {
        // The other end goes with it.
        foreach (var what in new[] { $"link del {_name}a", $"netns del {_name}" })
        {
            using var ip = Start("ip", what.Split(' '));
            ip.WaitForExit(TimeLimit);
        }
    }

    private static void Ip(string arguments)
    {
        using var ip = Start("ip", arguments.Split(' '));
        var error = ip.StandardError.ReadToEnd();
        if (!ip.WaitForExit(TimeLimit) || ip.ExitCode != 0) throw new InvalidOperationException($"ip {arguments}: {error.Trim()}");
    }

    private static Process Start(string program, string[] arguments) =>
        Process.Start(new ProcessStartInfo(Find(program)!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    // Where administrators' programs are is not on everybody's path.
    private static string? Find(string program) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin".Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
