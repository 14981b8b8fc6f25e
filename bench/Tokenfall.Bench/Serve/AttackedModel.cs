using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Tokenfall.Bench.Serve;

/// <summary>A model that answers as <see cref="NumbersModel"/> does, but floods whoever asks for it.</summary>
internal static class AttackedModel
{
    /// <summary>Prompts that it answers without end: with many small deltas, or with large ones.</summary>
    public const string Small = "flood me with small deltas", Large = "flood me with large deltas";

    // 5,000 small ones a second, or 200 large ones: 3 MiB.
    private const int SmallOnes = 50, LargeOnes = 2;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    /// <param name="tokens">How many tokens an answer has.</param>
    /// <param name="perSecond">How many it sends per second.</param>
    public static string[] Arguments(int tokens, int perSecond) =>
        ["attacked", tokens.ToString(CultureInfo.InvariantCulture), perSecond.ToString(CultureInfo.InvariantCulture)];

    /// <param name="args">The result of <see cref="Arguments"/>, without the first.</param>
    public static WebApplication Build(string[] args)
    {
        var (tokens, perSecond) = (int.Parse(args[0], CultureInfo.InvariantCulture), int.Parse(args[1], CultureInfo.InvariantCulture));
        var (small, large) = (Deltas(16, SmallOnes), Deltas(16 * 1024, LargeOnes));
        var app = TokenfallServer.Bare().Build();
        app.MapPost("/v1/messages", async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var request = await reader.ReadToEndAsync(context.RequestAborted);
            await (request.Contains(Small, StringComparison.Ordinal) ? FloodAsync(context, small)
                : request.Contains(Large, StringComparison.Ordinal) ? FloodAsync(context, large)
                : PacedAnswer.WriteAsync(context, tokens, perSecond));
        });
        return app;
    }

    private static async Task FloodAsync(HttpContext context, byte[] deltas)
    {
        var body = await PacedAnswer.OpenAsync(context);
        using var pace = new PeriodicTimer(Interval, TimeProvider.System);
        while (await pace.WaitForNextTickAsync(context.RequestAborted)) await body.WriteAsync(deltas, context.RequestAborted);
    }

    private static byte[] Deltas(int length, int count) => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(
        $"event: content_block_delta\ndata: {{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{{\"type\":\"text_delta\",\"text\":\"{new string('x', length)}\"}}}}\n\n",
        count)));
}
