using System.Buffers.Binary;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>What an accepted connection of a real Kestrel has inherited.</summary>
public sealed class StreamingSocketsTests
{
    [LinuxTheory]
    // TCP_USER_TIMEOUT, in milliseconds.
    [InlineData(6, 18, 15_000)]
    // TCP_NOTSENT_LOWAT, in bytes.
    [InlineData(6, 25, 16 * 1024)]
    // SO_KEEPALIVE; TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT.
    [InlineData(1, 9, 1)]
    [InlineData(6, 4, 15)]
    [InlineData(6, 5, 5)]
    [InlineData(6, 6, 3)]
    public async Task AcceptedSocket_Option_IsSet(int level, int option, int expected)
    {
        var value = -1;
        await using var app = await TestApp.StartAsync(_ => { }, app => app.MapGet("/", (HttpContext context) =>
        {
            var bytes = new byte[4];
            context.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket.GetRawSocketOption(level, option, bytes);
            value = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        }));

        (await app.Client.GetAsync("/")).Dispose();

        Assert.Equal(expected, value);
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class LinuxTheoryAttribute : TheoryAttribute
    {
        public LinuxTheoryAttribute()
        {
            if (!OperatingSystem.IsLinux()) Skip = "These socket options are Linux's.";
        }
    }
}
