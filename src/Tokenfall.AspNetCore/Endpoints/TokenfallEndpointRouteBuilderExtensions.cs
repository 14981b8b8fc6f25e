using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tokenfall;
using Tokenfall.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps Tokenfall's endpoints.</summary>
public static class TokenfallEndpointRouteBuilderExtensions
{
    private const string Reflection = "The handler's parameters are bound by reflection. Use MapTokenfall(pattern, bodyType, handler) with a JsonTypeInfo of the body instead.";

    /// <summary>
    /// Maps endpoints that start, read and stop runs of the model that was added after <c>AddTokenfall()</c>:
    /// <c>POST {pattern}</c>, <c>GET {pattern}/{run}</c>, <c>DELETE {pattern}/{run}</c> and <c>DELETE {pattern}/{run}/readers/{reader}</c>.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The route, such as <c>/ask/stream</c>.</param>
    /// <returns>A builder for conventions such as <c>RequireAuthorization()</c>; they hold for all of the endpoints.</returns>
    /// <exception cref="InvalidOperationException">A call is missing; the message names it.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/> is null.</exception>
    public static IEndpointConventionBuilder MapTokenfall(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        RequireTokenfall(endpoints);
        if (!IsService(endpoints, typeof(IModelSource)))
            throw new InvalidOperationException(
                $"MapTokenfall(\"{pattern}\") needs a model. Call AddAnthropic(), AddChatClient(), AddSource() or AddDemo() after AddTokenfall(), or pass a delegate to MapTokenfall.");
        var services = endpoints.ServiceProvider;
        var reader = new SourceRequestReader(
            services.GetRequiredService<ModelSources>(), new ConversationRequests(services.GetService<IConversationStore>(), services.GetRequiredService<RunManager>(), Options(endpoints)),
            services.GetRequiredService<IOptions<TokenfallOptions>>().Value, Options(endpoints));
        var startsByGet = Options(endpoints).AllowGetStart;
        var group = MapRuns(endpoints, pattern, reader, typeof(RunRequestBody), "application/json", "application/x-www-form-urlencoded", "multipart/form-data");
        MapOtherMethods(group, pattern, startsByGet ? "GET, POST" : "POST", mayStartByGet: true);
        if (startsByGet)
        {
            var endpoint = Endpoint(endpoints);
            group.MapGet(pattern, (Delegate)((HttpContext context) => endpoint.StartAsync(context, reader))).WithMetadata(new StartModeMetadata(Resumes: false))
                .WithSummary("Start a run by GET and read it, for a plain EventSource").AnswersEvents().ProducesProblem(StatusCodes.Status403Forbidden);
            group.MapGet(pattern, (Delegate)((HttpContext context) => endpoint.StartAsync(context, reader))).Resumes();
        }
        return group;
    }

    /// <summary>
    /// Maps endpoints that start, read and stop runs of a stream of updates or texts that you make: prompts, tools, retrieval and agents stay yours.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The route, such as <c>/support/stream</c>.</param>
    /// <param name="handler">
    /// Returns <c>IAsyncEnumerable&lt;ChatResponseUpdate&gt;</c>, which is complete when its last response had a finish reason (or see
    /// <see cref="TokenfallConventionBuilderExtensions.EndOfSequenceCompletes"/>), or <c>IAsyncEnumerable&lt;string&gt;</c>, whose end is the end of the answer.
    /// It runs for the run, not for the request: its services come from a scope
    /// that the run owns, its <see cref="CancellationToken"/> is the run's. One parameter may come from the JSON body, others from the
    /// route, the query, the services, or the <see cref="System.Security.Claims.ClaimsPrincipal"/>. When the model fails before any content, in
    /// a way that may pass, it is called again: <see cref="UpstreamOptions.MaxAttempts"/>.
    /// </param>
    /// <returns>A builder for conventions; they hold for all of the endpoints.</returns>
    /// <exception cref="InvalidOperationException">A call is missing; the message names it.</exception>
    /// <exception cref="ArgumentException">The handler has a parameter that would not outlive the request, or returns something else.</exception>
    /// <remarks>Binds the handler's parameters by reflection. In a trimmed or native application use the overload that takes a <see cref="JsonTypeInfo{T}"/>.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/> or <paramref name="handler"/> is null.</exception>
    [RequiresUnreferencedCode(Reflection), RequiresDynamicCode(Reflection)]
    public static IEndpointConventionBuilder MapTokenfall(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, Delegate handler)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(handler);
        RequireTokenfall(endpoints);
        var binding = DelegateBinding.Create(handler, pattern, type => IsService(endpoints, type));
        var group = MapDelegate(endpoints, pattern, new DelegateRequestReader(binding, endpoints.ServiceProvider), binding.BodyType);
        return binding.ReturnsTexts ? group.EndOfSequenceCompletes() : group;
    }

    /// <summary>
    /// Maps endpoints that start, read and stop runs of a stream of updates that you make from a JSON body, without reflection: for trimmed and native
    /// applications.
    /// </summary>
    /// <typeparam name="TBody">
    /// The type of the body. Validation attributes are not read; a body that implements
    /// <see cref="System.ComponentModel.DataAnnotations.IValidatableObject"/> is asked to check itself, and refused with status 400 when it objects.
    /// </typeparam>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The route, such as <c>/support/stream</c>.</param>
    /// <param name="bodyType">How the body is read, such as <c>AppJsonContext.Default.Question</c>.</param>
    /// <param name="handler">
    /// Returns the stream of updates. It runs for the run, not for the request, and so does its token; the services that it finds in the
    /// <see cref="RunContext"/> live as long as the run. When the model fails before any content, in a way that may pass, it is called
    /// again: <see cref="UpstreamOptions.MaxAttempts"/>.
    /// </param>
    /// <returns>A builder for conventions; they hold for all of the endpoints.</returns>
    /// <exception cref="InvalidOperationException"><c>AddTokenfall()</c> was not called.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/> or <paramref name="bodyType"/> or <paramref name="handler"/> is null.</exception>
    public static IEndpointConventionBuilder MapTokenfall<TBody>(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, JsonTypeInfo<TBody> bodyType,
        Func<TBody, RunContext, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> handler)
        where TBody : notnull
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(bodyType);
        ArgumentNullException.ThrowIfNull(handler);
        RequireTokenfall(endpoints);
        var reader = new TypedRequestReader<TBody>(bodyType, handler, endpoints.ServiceProvider);
        return MapDelegate(endpoints, pattern, reader, typeof(TBody));
    }

    private static RouteGroupBuilder MapDelegate(IEndpointRouteBuilder endpoints, string pattern, IRunRequestReader reader, Type? body)
    {
        var group = MapRuns(endpoints, pattern, reader, body, "application/json");
        MapOtherMethods(group, pattern, "POST", mayStartByGet: false);
        ((IEndpointConventionBuilder)group).Finally(DelegateEndpoint.Check);
        return group;
    }

    /// <summary>
    /// Maps endpoints that start, read and stop runs of a stream of texts that you make from a JSON body, without reflection: for trimmed and native
    /// applications. The end of the stream is the end of the answer.
    /// </summary>
    /// <typeparam name="TBody">The type of the body, as for the overload that returns updates.</typeparam>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The route, such as <c>/support/stream</c>.</param>
    /// <param name="bodyType">How the body is read, such as <c>AppJsonContext.Default.Question</c>.</param>
    /// <param name="handler">Returns the texts, under the same rules as the overload that returns updates.</param>
    /// <returns>A builder for conventions; they hold for all of the endpoints.</returns>
    /// <exception cref="InvalidOperationException"><c>AddTokenfall()</c> was not called.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/>, <paramref name="bodyType"/> or <paramref name="handler"/> is null.</exception>
    public static IEndpointConventionBuilder MapTokenfall<TBody>(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, JsonTypeInfo<TBody> bodyType,
        Func<TBody, RunContext, CancellationToken, IAsyncEnumerable<string>> handler)
        where TBody : notnull
    {
        ArgumentNullException.ThrowIfNull(handler);
        return endpoints.MapTokenfall(pattern, bodyType, (body, run, stop) => TextUpdates.Of(handler(body, run, stop))).EndOfSequenceCompletes();
    }

    /// <summary>
    /// Maps a GET that gives a page its antiforgery token, which calls of a user who is signed in by cookie need:
    /// <c>{"token": "...", "header": "X-CSRF-TOKEN"}</c>.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The route.</param>
    /// <returns>A builder for conventions.</returns>
    /// <exception cref="InvalidOperationException"><c>AddTokenfall()</c> was not called, or the application reads the token from forms only.</exception>
    /// <remarks>A page of another site can read the answer only where a CORS policy lets it and <see cref="TokenfallHttpOptions.TrustedOrigins"/> names it.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/> is null.</exception>
    public static IEndpointConventionBuilder MapTokenfallAntiforgery(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/antiforgery")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        RequireTokenfall(endpoints);
        if (endpoints.ServiceProvider.GetRequiredService<IOptions<AntiforgeryOptions>>().Value.HeaderName is null)
            throw new InvalidOperationException(
                $"MapTokenfallAntiforgery(\"{pattern}\") gives pages a token to send in a header, but AntiforgeryOptions.HeaderName is null, so that the token is read from forms only."
                + " Set a header name, such as RequestVerificationToken, or remove the call.");
        var options = Options(endpoints);
        return endpoints.MapGet(pattern, (Delegate)((HttpContext context) => AntiforgeryEndpoint.AnswerAsync(context, options)))
            .WithTags("Tokenfall").WithSummary("The antiforgery token for calls of a page").Produces<AntiforgeryAnswer>()
            .OptOutOfResponseMiddleware();
    }

    /// <summary>
    /// Maps endpoints for the caller's stored conversations: <c>GET {pattern}</c> lists and searches, <c>GET {pattern}/{conversation}</c> reads,
    /// <c>GET {pattern}/{conversation}/export</c> exports, <c>PUT</c> imports, <c>PATCH</c> renames, <c>DELETE</c> deletes one or all. <c>MapTokenfall</c> adds to them.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The route.</param>
    /// <returns>A builder for conventions such as <c>RequireAuthorization()</c>; they hold for all of the endpoints.</returns>
    /// <exception cref="InvalidOperationException">A call is missing; the message names it.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/> is null.</exception>
    [Experimental("TOKENFALL001")]
    public static IEndpointConventionBuilder MapTokenfallConversations(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/conversations")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        RequireTokenfall(endpoints);
        if (!IsService(endpoints, typeof(IConversationStore)))
            throw new InvalidOperationException($"MapTokenfallConversations(\"{pattern}\") needs a store. Call AddSqlite(path) or AddPostgreSql(connectionString) after AddTokenfall().");
        var calls = ActivatorUtilities.CreateInstance<ConversationEndpoints>(endpoints.ServiceProvider);
        var one = $"{pattern.TrimEnd('/')}/{{conversation}}";
        var group = endpoints.MapGroup("");
        group.WithTags("Tokenfall").OptOutOfResponseMiddleware().ProducesProblem(StatusCodes.Status401Unauthorized);
        group.MapGet(pattern, (Delegate)((HttpContext context) => calls.ListAsync(context))).WithSummary("List or search conversations");
        group.MapGet(one, (HttpContext context, string conversation) => calls.ReadAsync(context, conversation)).WithSummary("Read a conversation");
        group.MapGet($"{one}/export", (HttpContext context, string conversation) => calls.ExportAsync(context, conversation)).WithSummary("Export a conversation as Markdown or JSON");
        group.MapPut(one, (HttpContext context, string conversation) => calls.ImportAsync(context, conversation)).WithSummary("Import a conversation");
        group.MapPatch(one, (HttpContext context, string conversation) => calls.RenameAsync(context, conversation)).WithSummary("Rename a conversation");
        group.MapDelete(one, (HttpContext context, string conversation) => calls.DeleteAsync(context, conversation)).WithSummary("Delete a conversation");
        group.MapDelete(pattern, (Delegate)((HttpContext context) => calls.DeleteAsync(context, null))).WithSummary("Delete all conversations");
        return group;
    }

    private static RouteGroupBuilder MapRuns(IEndpointRouteBuilder endpoints, string pattern, IRunRequestReader reader, Type? body, params string[] contentTypes)
    {
        var endpoint = Endpoint(endpoints);
        var runPattern = $"{pattern.TrimEnd('/')}/{{run}}";
        // Whole patterns in a group without one: an empty pattern in a group would be described with a slash behind it.
        var group = endpoints.MapGroup("");
        group.WithTags("Tokenfall").OptOutOfResponseMiddleware().ProducesProblem(StatusCodes.Status401Unauthorized);

        // Cast to Delegate: only route handlers are described in OpenAPI documents. Written out where they are mapped: only such
        // lambdas are bound by generated code, which native binaries need.
        group.MapPost(pattern, (Delegate)((HttpContext context) => endpoint.StartAsync(context, reader))).WithMetadata(new StartModeMetadata(Resumes: false))
            .WithSummary("Start a run and read it").WithMetadata(new RequestBodyMetadata(body, contentTypes)).AnswersEvents()
            .Produces<RunAccepted>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status406NotAcceptable)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
        group.MapPost(pattern, (Delegate)((HttpContext context) => endpoint.StartAsync(context, reader))).Resumes();
        var read = group.MapGet(runPattern, (HttpContext context, string run) => endpoint.ReadAsync(context, run));
        read.ExemptFromRateLimits();
        read.WithSummary("Read a run, from Last-Event-ID or from its start").AnswersEvents()
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
        var stop = group.MapDelete(runPattern, (HttpContext context, string run) => endpoint.StopAsync(context, run));
        stop.ExemptFromRateLimits();
        stop.WithSummary("Stop a run")
            .Produces(StatusCodes.Status202Accepted).Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        var leave = group.MapDelete($"{runPattern}/readers/{{reader}}", (HttpContext context, string run, string reader) => endpoint.LeaveAsync(context, run, reader));
        leave.ExemptFromRateLimits();
        leave.WithSummary("Say that a reader of a run does not return")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
        if (Options(endpoints).Probe is { Enabled: true } probe) MapProbe(group, pattern, probe, endpoints.ServiceProvider.GetRequiredService<ProbeEndpoint>());
        return group;
    }

    private static void MapProbe(RouteGroupBuilder group, string pattern, ProbeOptions options, ProbeEndpoint endpoint)
    {
        var probePattern = $"{pattern.TrimEnd('/')}/probe";
        IEndpointConventionBuilder[] mapped =
        [
            group.MapMethods(probePattern, [HttpMethods.Get, HttpMethods.Post], (Delegate)((HttpContext context) => endpoint.StreamAsync(context)))
                .WithSummary("Paced frames without a model").ExcludeFromDescription(),
            group.MapGet($"{probePattern}/{{probe}}", (HttpContext context, string probe) => endpoint.TellAsync(context, probe))
                .WithSummary("How a probe ended").ExcludeFromDescription(),
        ];
        if (!options.AllowAnonymous) return;
        foreach (var one in mapped) one.AllowAnonymous();
    }

    // Instead of the framework's 405, which has no words. It tells nothing about anyone, so it needs no sign-in.
    private static void MapOtherMethods(RouteGroupBuilder group, string pattern, string allowed, bool mayStartByGet)
    {
        var others = group.Map(pattern, (Delegate)((HttpContext context) =>
        {
            context.Response.Headers.Allow = allowed;
            return RequestProblems.MethodNotAllowed(context.Request.Method, mayStartByGet).Problem.WriteAsync(context);
        }));
        others.WithMetadata(new LastResortMetadata()).ExcludeFromDescription().AllowAnonymous().ExemptFromRateLimits();
    }

    // The same call as the start; middleware must be able to tell it from that.
    private static void Resumes(this RouteHandlerBuilder builder) =>
        builder.WithMetadata(new StartModeMetadata(Resumes: true)).ExcludeFromDescription().ExemptFromRateLimits();

    private static RouteHandlerBuilder AnswersEvents(this RouteHandlerBuilder builder) => builder
        .Produces<string>(StatusCodes.Status200OK, SseHeaders.ContentType)
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static void RequireTokenfall(IEndpointRouteBuilder endpoints)
    {
        if (!IsService(endpoints, typeof(RunManager)))
            throw new InvalidOperationException("MapTokenfall needs Tokenfall's services. Call builder.Services.AddTokenfall() before builder.Build().");
    }

    private static bool IsService(IEndpointRouteBuilder endpoints, Type type) =>
        endpoints.ServiceProvider.GetRequiredService<IServiceProviderIsService>().IsService(type);

    private static RunEndpoint Endpoint(IEndpointRouteBuilder endpoints) => endpoints.ServiceProvider.GetRequiredService<RunEndpoint>();

    private static TokenfallHttpOptions Options(IEndpointRouteBuilder endpoints) => endpoints.ServiceProvider.GetRequiredService<IOptions<TokenfallHttpOptions>>().Value;
}
