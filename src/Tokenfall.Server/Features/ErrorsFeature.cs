using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Net.Http.Headers;
using Tokenfall.Server.Hosting;

namespace Tokenfall.Server.Features;

/// <summary>Every error is a problem details document (RFC 9457) that names the request, as the log does.</summary>
internal static class ErrorsFeature
{
    public static void AddErrors(this WebApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = context =>
        {
            context.ProblemDetails.Extensions["request_id"] = context.HttpContext.TraceIdentifier;
            if (StoreOutage.IsCauseOf(context.HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error)) TellOutage(context);
            context.ProblemDetails.Detail ??= DefaultDetail(context.ProblemDetails.Status);
            // RFC 9110, 15.5.2: a 401 names a way to authenticate.
            if (context.ProblemDetails.Status == StatusCodes.Status401Unauthorized)
                context.HttpContext.Response.Headers.TryAdd(HeaderNames.WWWAuthenticate, "Bearer");
        });
        builder.Services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        // A malformed request is the caller's mistake: 400 in every environment, and no stack trace in the log.
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = false);
        builder.Services.Configure<ExceptionHandlerOptions>(handler =>
        {
            handler.StatusCodeSelector = e => e is BadHttpRequestException bad ? bad.StatusCode
                : StoreOutage.IsCauseOf(e) ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError;
            // The store has a check of its own, which logs once what is wrong; anybody's request may meet it.
            handler.SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException || StoreOutage.IsCauseOf(context.Exception);
        });
    }

    public static void UseErrors(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
    }

    private static void TellOutage(ProblemDetailsContext context)
    {
        context.ProblemDetails.Extensions["code"] = StoreOutage.Code;
        context.ProblemDetails.Detail = StoreOutage.Detail;
        context.HttpContext.Response.Headers.RetryAfter = StoreOutage.Wait.TotalSeconds.ToString(CultureInfo.InvariantCulture);
    }

    private static string? DefaultDetail(int? status) => status switch
    {
        StatusCodes.Status400BadRequest => "The request cannot be read. Check its body and content type.",
        StatusCodes.Status401Unauthorized => "Sign in, or send a valid API key as \"Authorization: Bearer tfk_...\".",
        StatusCodes.Status404NotFound => "There is nothing at this address.",
        StatusCodes.Status405MethodNotAllowed => "This address does not take this method. The header Allow names those that it takes.",
        StatusCodes.Status413PayloadTooLarge => "The request is too large.",
        StatusCodes.Status415UnsupportedMediaType => "Send the body as application/json.",
        StatusCodes.Status500InternalServerError => "Something went wrong here. The server's log has the details under this request id.",
        _ => null,
    };
}
