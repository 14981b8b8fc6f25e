using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Tokenfall.AspNetCore;

/// <summary>All problems that the endpoints answer with, in one place.</summary>
internal static class RequestProblems
{
    public static RequestProblemException BadInput(string code, string title, string detail) => new(StatusCodes.Status400BadRequest, code, title, detail);

    public static RequestProblemException MalformedJson(JsonException malformed, string advice = "") => BadInput(
        "malformed_json", "The body is not the JSON that is expected here",
        $"At {malformed.Path ?? "$"}, line {malformed.LineNumber + 1}, byte {malformed.BytePositionInLine + 1}.{advice}");

    public static RequestProblemException BodyTooLarge(int limit) => new(
        StatusCodes.Status413PayloadTooLarge, "body_too_large", "The request is too large",
        string.Create(CultureInfo.InvariantCulture, $"The request body may have at most {limit:N0} bytes."));

    public static RequestProblemException BrokenBody(int status, string detail) => new(
        status, "broken_body", "The request body did not arrive whole", detail);

    public static RequestProblemException WrongContentType(string accepted) => new(
        StatusCodes.Status415UnsupportedMediaType, "unsupported_content_type", "This content type is not understood", $"Send {accepted}.");

    public static RequestProblemException CrossSite() => new(
        StatusCodes.Status403Forbidden, "cross_site", "Requests from other sites are refused",
        "The browser says that this request comes from a page of another site (Sec-Fetch-Site). Call from your own pages, or with a bearer token.");

    public static RequestProblemException Antiforgery(string? header) => new(
        StatusCodes.Status400BadRequest, "antiforgery", "The antiforgery token is missing or not valid",
        $"Send the token that this application issued to your session in the header {header}. It changes when you sign in or out: reload the page.");

    public static RequestProblemException UnknownRun() => new(
        StatusCodes.Status404NotFound, "unknown_run", "There is no such run", "It never existed, it is no longer kept, or it belongs to someone else.");

    public static RequestProblemException UnknownProbe() => new(
        StatusCodes.Status404NotFound, "unknown_probe", "There is no such probe", "It never began here, it is no longer kept, or it belongs to someone else.");

    public static RequestProblemException TooManyProbes(int limit) => new(
        StatusCodes.Status429TooManyRequests, "too_many_probes", "Too many probes at once",
        string.Create(CultureInfo.InvariantCulture, $"At most {limit} probes may run at once (Tokenfall:Probe:MaxConcurrent). Try again when one has ended."), TimeSpan.FromSeconds(1));

    public static RequestProblemException NotAdmitted(AdmissionException full) => full.Reason switch
    {
        AdmissionRejection.Draining => new(StatusCodes.Status503ServiceUnavailable, "draining", "The server is restarting", full.Message, full.RetryAfter),
        AdmissionRejection.TooManyRunsOfOwner => new(StatusCodes.Status429TooManyRequests, "too_many_runs_of_owner", "Too many answers at once", full.Message, full.RetryAfter),
        _ => new(StatusCodes.Status429TooManyRequests, "too_many_runs", "The server is busy", full.Message, full.RetryAfter),
    };

    public static RequestProblemException UnknownModel(string name, IReadOnlyCollection<string> offered) => BadInput(
        "unknown_model", "This model is not offered here",
        $"There is no model {name}. Choose one of: {string.Join(", ", offered)}.");

    public static RequestProblemException OptionNotAllowed(string name) => BadInput(
        "option_not_allowed", "This option cannot be set here", $"Leave the field {name} out: this endpoint does not let callers set it.");

    public static RequestProblemException KeyConflict(IdempotencyKeyConflictException conflict) => new(
        StatusCodes.Status422UnprocessableEntity, "idempotency_key_reused", "The Idempotency-Key belongs to another request", conflict.Message);
}
