using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Tokenfall.Tests.Proxies;

namespace Tokenfall.Bench.Serve;

/// <summary>
/// A model with numbered tokens, as <see cref="NumbersModel"/>, behind TLS, where HTTP/2 can be negotiated. It has its own certificate.
/// </summary>
internal static class TlsModel
{
    private const string Opening =
        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"bench\","
        + "\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}}\n\n"
        + "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n";
    private const string Closing =
        "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
        + "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":1}}\n\n"
        + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
    private const int MaxFrameLength = 256;

    /// <param name="protocol">Its protocol.</param>
    /// <param name="tokens">How many tokens an answer has.</param>
    /// <param name="perSecond">How many it sends per second.</param>
    /// <param name="certificate">The file to write the certificate to, as PEM.</param>
    public static string[] Arguments(TlsProtocol protocol, int tokens, int perSecond, string certificate) =>
        ["tls", $"{protocol}", tokens.ToString(CultureInfo.InvariantCulture), perSecond.ToString(CultureInfo.InvariantCulture), certificate];

    /// <param name="args">The result of <see cref="Arguments"/>, without the first.</param>
    public static WebApplication Build(string[] args)
    {
        var (protocol, tokens, perSecond) = (Enum.Parse<TlsProtocol>(args[0]), int.Parse(args[1], CultureInfo.InvariantCulture), int.Parse(args[2], CultureInfo.InvariantCulture));
        var certificate = TestCertificate.ForServer();
        File.WriteAllText(args[3], certificate.ExportCertificatePem());
        var builder = TokenfallServer.Bare();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = protocol == TlsProtocol.Http1 ? HttpProtocols.Http1 : HttpProtocols.Http2;
            listen.UseHttps(certificate);
        }));
        var app = builder.Build();
        app.MapPost("/v1/messages", context => AnswerAsync(context, tokens, perSecond));
        return app;
    }

    private static async Task AnswerAsync(HttpContext context, int tokens, int perSecond)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.StartAsync();
        var body = context.Response.BodyWriter;
        await body.WriteAsync(Encoding.ASCII.GetBytes(Opening));
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond), TimeProvider.System);
        var began = Stopwatch.GetTimestamp();
        for (var sent = 0; sent < tokens && await pace.WaitForNextTickAsync(context.RequestAborted);)
        {
            // A model does not wait for a busy client: what became due meanwhile is sent at once.
            var due = Math.Min(tokens, (int)(Stopwatch.GetElapsedTime(began).TotalSeconds * perSecond));
            if (sent == due) continue;
            for (; sent < due; sent++) Send(body, sent);
            await body.FlushAsync(context.RequestAborted);
        }
        await body.WriteAsync(Encoding.ASCII.GetBytes(Closing));
    }

    private static void Send(PipeWriter body, int token)
    {
        Utf8.TryWrite(body.GetSpan(MaxFrameLength), CultureInfo.InvariantCulture,
            $"event: content_block_delta\ndata: {{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{{\"type\":\"text_delta\",\"text\":\"{token}@{Stopwatch.GetTimestamp()};\"}}}}\n\n",
            out var length);
        body.Advance(length);
    }
}
