using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Tokenfall.AspNetCore;

/// <summary>All problems that the endpoints respond with, in one place.</summary>
internal static class RequestProblems
{
    public static RequestProblemException BadInput(string code, string title, string detail) => new(StatusCodes.Status400BadRequest, code, title, detail);

    public static RequestProblemException InvalidBody(string detail) => BadInput("invalid_body", "The body is not valid", detail);

    public static RequestProblemException MalformedJson(JsonException malformed, string advice = "") => BadInput(
        "malformed_json", "The body is not valid JSON for this request",
        $"At {malformed.Path ?? "$"}, line {malformed.LineNumber + 1}, byte {malformed.BytePositionInLine + 1}.{advice}");

    public static RequestProblemException BodyTooLarge(int limit) => new(
        StatusCodes.Status413PayloadTooLarge, "body_too_large", "The request is too large",
        string.Create(CultureInfo.InvariantCulture, $"The request body must not exceed {limit:N0} bytes."));

    public static RequestProblemException BrokenBody(int status, string detail) => new(
        status, "broken_body", "The request body is incomplete", detail);

    public static RequestProblemException WrongContentType(string accepted) => new(
        StatusCodes.Status415UnsupportedMediaType, "unsupported_content_type", "The content type is not supported", $"Send {accepted}.");

    public static RequestProblemException MethodNotAllowed(string method, bool mayStartByGet) => new(
        StatusCodes.Status405MethodNotAllowed, "method_not_allowed", "The method is not allowed here",
        "POST a request to start a run. Read it by GET, and stop it by DELETE, at the address in the Location of the response."
        + (mayStartByGet && HttpMethods.IsGet(method) ? " To start runs by GET, for a plain EventSource, set Tokenfall:AllowGetStart." : ""));

    public static RequestProblemException EventsNotAccepted() => new(
        StatusCodes.Status406NotAcceptable, "events_not_accepted", "The answer is a stream of events",
        "The request rules out text/event-stream. Accept it, or send Prefer: respond-async to start a run without reading it.");

    public static RequestProblemException CrossSite(string? origin) => new(
        StatusCodes.Status403Forbidden, "cross_site", "Requests from other sites are refused",
        "The browser reports that this request comes from another site (Sec-Fetch-Site). Call from your own pages, or with a bearer token, or let the operator "
        + $"add {(string.IsNullOrEmpty(origin) ? "the page's origin" : "the request's Origin")} to the setting Tokenfall:TrustedOrigins.");

    public static RequestProblemException Antiforgery(string? header) => new(
        StatusCodes.Status400BadRequest, "antiforgery", "The antiforgery token is missing or invalid",
        (header is null
            ? "This application reads the token from forms only (AntiforgeryOptions.HeaderName is null): set a header name, or send a form. "
            : $"Send the token that this application issued to your session in the header {header}{(header == RequestGuard.TokenHeader ? "" : $" or {RequestGuard.TokenHeader}")}. ")
        + "It changes when you sign in or out; reload the page to get a new one.");

    public static RequestProblemException NotSignedIn() => new(
        StatusCodes.Status401Unauthorized, "not_signed_in", "Sign-in is required", "Sign in, or send a valid bearer token.");

    public static RequestProblemException NotAllowed() => new(
        StatusCodes.Status403Forbidden, "not_allowed", "Your account may not use this", "Sign in with an account that may, or ask the operator.");

    public static RequestProblemException NoOwner() => new(
        StatusCodes.Status403Forbidden, "no_owner", "Your account has no identifier",
        "The signed-in caller has no NameIdentifier, sub or name claim, so its runs cannot be assigned to an owner. Add one of these claims during authentication.");

    public static RequestProblemException UnknownRun() => new(
        StatusCodes.Status404NotFound, "unknown_run", "There is no such run", "It never existed, has expired, or belongs to someone else.");

    public static RequestProblemException UnknownConversation() => new(
        StatusCodes.Status404NotFound, "unknown_conversation", "There is no such conversation", "It never existed, was deleted, or belongs to someone else.");

    public static RequestProblemException UnknownMessage() => new(
        StatusCodes.Status404NotFound, "unknown_message", "There is no such message", "The conversation has no message with this id. It may have been deleted.");

    public static RequestProblemException BadConversation(string detail) => BadInput("bad_conversation", "The place in the conversation is not usable", detail);

    public static RequestProblemException AnswerUnfinished() => new(
        StatusCodes.Status409Conflict, "answer_unfinished", "The answer is still being written", "Wait until the answer before this question has ended, or stop it.");

    public static RequestProblemException ConversationConflict(ConversationConflictException conflict) => new(
        StatusCodes.Status409Conflict, "conversation_conflict", "The question does not fit its conversation", conflict.Message);

    public static RequestProblemException NotResumable() => BadInput(
        "not_resumable", "This request cannot resume a run",
        "The endpoint's protocol does not resume a run by a start request with Last-Event-ID. Read the run at its own address, or omit the header to start another.");

    public static RequestProblemException UnknownProbe() => new(
        StatusCodes.Status404NotFound, "unknown_probe", "There is no such probe", "It never ran on this server, has expired, or belongs to someone else.");

    public static RequestProblemException TooManyProbes(int limit) => new(
        StatusCodes.Status429TooManyRequests, "too_many_probes", "Too many probes at once",
        string.Create(CultureInfo.InvariantCulture, $"At most {limit} probes may run at once (Tokenfall:Probe:MaxConcurrent). Try again when one has finished."), TimeSpan.FromSeconds(1));

    public static RequestProblemException TooManyProbesOfOwner(int limit) => new(
        StatusCodes.Status429TooManyRequests, "too_many_probes", "Too many probes at once",
        string.Create(CultureInfo.InvariantCulture, $"An account may run at most {limit} probes at once (Tokenfall:Probe:MaxConcurrentPerOwner). Try again when one has finished."), TimeSpan.FromSeconds(1));

    public static RequestProblemException NotAdmitted(AdmissionException full)
    {
        var (status, code, title) = full.Reason switch
        {
            AdmissionRejection.Draining => (StatusCodes.Status503ServiceUnavailable, "draining", "The server is restarting"),
            AdmissionRejection.TooManyRunsOfOwner => (StatusCodes.Status429TooManyRequests, "too_many_runs_of_owner", "Too many answers at once"),
            AdmissionRejection.BudgetExceeded => (StatusCodes.Status429TooManyRequests, "budget_exceeded", "The budget does not allow it"),
            AdmissionRejection.ModelUnpriced => (StatusCodes.Status403Forbidden, "model_unpriced", "The model has no price"),
            AdmissionRejection.StoreUnavailable => (StatusCodes.Status503ServiceUnavailable, "store_unavailable", "A store cannot be reached"),
            _ => (StatusCodes.Status429TooManyRequests, "too_many_runs", "The server is busy"),
        };
        // A status of 429 alone would make clients come back.
        return new(new RequestProblem(status, code, title, full.Message) { RetryAfter = full.RetryAfter, Retryable = full.RetryAfter is not null });
    }

    public static RequestProblemException UnknownModel(string name, IReadOnlyCollection<string> offered) => BadInput(
        "unknown_model", "This model is not offered here",
        $"There is no model {name}. Choose one of: {string.Join(", ", offered)}.");

    public static RequestProblemException OptionNotAllowed(string name) => BadInput(
        "option_not_allowed", "This option cannot be set here", $"This endpoint does not let callers set the field {name}. Omit it.");

    public static RequestProblemException KeyConflict(IdempotencyKeyConflictException conflict) => new(
        StatusCodes.Status422UnprocessableEntity, "idempotency_key_reused", "The Idempotency-Key was used for another request", conflict.Message);
}
