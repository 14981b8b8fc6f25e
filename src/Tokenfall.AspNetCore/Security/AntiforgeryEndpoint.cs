using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Tokenfall.AspNetCore;

/// <summary>Gives a page the antiforgery token of its session.</summary>
internal static class AntiforgeryEndpoint
{
    public static async Task AnswerAsync(HttpContext context, TokenfallHttpOptions options)
    {
        try
        {
            RequestGuard.RefuseCrossSite(context.Request, options);
            // Also sets the cookie that belongs to the token, and forbids storing the answer.
            var tokens = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);
            var answer = new AntiforgeryAnswer(tokens.RequestToken!, tokens.HeaderName!);
            await TypedResults.Json(answer, RunJsonContext.Default.AntiforgeryAnswer).ExecuteAsync(context);
        }
        catch (RequestProblemException refused)
        {
            await refused.Problem.WriteAsync(context);
        }
    }
}
