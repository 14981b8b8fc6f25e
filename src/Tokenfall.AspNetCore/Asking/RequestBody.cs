using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Tokenfall.AspNetCore;

/// <summary>Reads a request body up to a limit, whatever server the application runs on.</summary>
internal static class RequestBody
{
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, int limit)
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
                if (tooLarge) throw Refusal.BodyTooLarge(limit);
                if (body is not null) return body;
            }
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw Refusal.BodyTooLarge(limit);
        }
    }

    public static async Task<IFormCollection> ReadFormAsync(HttpRequest request, int limit)
    {
        var form = new FormFeature(request, new FormOptions { ValueLengthLimit = limit, MultipartBodyLengthLimit = limit, BufferBodyLengthLimit = limit });
        try
        {
            // Already there when the antiforgery token was looked for in it.
            return request.HttpContext.Features.Get<IFormFeature>()?.Form ?? await form.ReadFormAsync(request.HttpContext.RequestAborted);
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw Refusal.BodyTooLarge(limit);
        }
        catch (InvalidDataException broken)
        {
            throw Refusal.BadInput("malformed_form", "The form cannot be read", broken.Message);
        }
    }
}
