using Microsoft.AspNetCore.Http;

namespace Tokenfall.Doctor.Tests.Odd;

/// <summary>Sends everybody to the address with a slash at its end, as web servers do with folders.</summary>
internal sealed class AddsRedirect : Habit
{
    public override Task<bool> AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path.EndsWith('/')) return Task.FromResult(false);
        context.Response.StatusCode = StatusCodes.Status301MovedPermanently;
        context.Response.Headers.Location = $"{path}/{context.Request.QueryString}";
        return Task.FromResult(true);
    }
}
