using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Tokenfall.AspNetCore;

/// <summary>Reads a request body up to a limit, whatever server the application runs on.</summary>
internal static class RequestBody
{
    /// <summary>JSON is UTF-8 (RFC 8259, section 8.1); another charset would be read wrongly, so it is not JSON here.</summary>
    public static bool IsJson(HttpRequest request) =>
        request.HasJsonContentType()
        && HeaderUtilities.RemoveQuotes(request.GetTypedHeaders().ContentType!.Charset) is var charset
        && (charset.Length == 0 || charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    public static async Task<byte[]> ReadAsync(HttpRequest request, int limit)
    {
        var reader = request.BodyReader;
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(request.HttpContext.RequestAborted);
                var tooLarge = read.Buffer.Length > limit;
                var body = read.IsCompleted && !tooLarge ? read.Buffer.ToArray() : null;
                reader.AdvanceTo(read.IsCompleted || tooLarge ? read.Buffer.End : read.Buffer.Start, read.Buffer.End);
                if (tooLarge) throw RequestProblems.BodyTooLarge(limit);
                if (body is not null) return body;
            }
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw RequestProblems.BodyTooLarge(limit);
        }
        catch (BadHttpRequestException broken)
        {
            // What follows on this connection, if anything does, cannot be distinguished from the rest of the body.
            if (HttpProtocol.IsHttp11(request.Protocol)) request.HttpContext.Response.Headers.Connection = "close";
            throw RequestProblems.BrokenBody(broken.StatusCode, broken.Message);
        }
        // The application decompresses bodies (UseRequestDecompression), and this one is not what its header says.
        catch (InvalidDataException broken)
        {
            throw RequestProblems.BrokenBody(StatusCodes.Status400BadRequest, $"The body cannot be decompressed: {broken.Message}");
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The caller left: there is no one to answer, and nothing for the operator to look into.
            request.HttpContext.Abort();
            throw RequestProblems.BrokenBody(StatusCodes.Status499ClientClosedRequest, "The connection was closed.");
        }
    }

    /// <summary>Frees the buffers of a body that was read: the answer may be read for long after it.</summary>
    public static void DiscardBuffered(HttpRequest request)
    {
        if (request.Body is not MemoryStream) return;
        request.Body = Stream.Null;
        request.HttpContext.Features.Set<IFormFeature>(null);
    }

    /// <summary>Reads the form once; the request has this one from then on.</summary>
    public static async Task<IFormCollection> ReadFormAsync(HttpRequest request, int limit)
    {
        var features = request.HttpContext.Features;
        if (features.Get<IFormFeature>()?.Form is { } known) return known;
        // Whole before it is parsed: so one rule limits every kind of body, and the parser's own limits are never met.
        request.Body = new MemoryStream(await ReadAsync(request, limit));
        var form = new FormFeature(request, new FormOptions { ValueLengthLimit = limit, MultipartBodyLengthLimit = limit });
        features.Set<IFormFeature>(form);
        try
        {
            return await form.ReadFormAsync(request.HttpContext.RequestAborted);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            throw RequestProblems.BadInput("malformed_form", "The form cannot be read", broken.Message);
        }
    }
}
