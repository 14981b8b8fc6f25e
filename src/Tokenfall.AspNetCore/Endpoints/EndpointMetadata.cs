using Microsoft.Extensions.AI;

namespace Tokenfall.AspNetCore;

/// <summary>An endpoint's disconnect policy.</summary>
internal sealed record DisconnectMetadata(DisconnectPolicy Policy);

/// <summary>The models that an endpoint offers, by name; the first one answers when the caller chooses none.</summary>
internal sealed record ModelsMetadata(IReadOnlyList<string> Names);

/// <summary>What an endpoint sets for the model.</summary>
internal sealed record ChatOptionsMetadata(Action<ChatOptions> Configure);

/// <summary>Marks the endpoints that <c>MapTokenfall</c> maps.</summary>
internal sealed record TokenfallEndpointMetadata;

/// <summary>Rate limits hold for reading on and for stopping, too.</summary>
internal sealed record RateLimitAllCallsMetadata;

/// <summary>Whether the endpoint takes the calls that resume, or those that start.</summary>
internal sealed record StartModeMetadata(bool Resumes);

/// <summary>The endpoint is there for calls that no other one takes, an application's own included.</summary>
internal sealed record LastResortMetadata;

/// <summary>The end of the stream completes the answer at this endpoint.</summary>
internal sealed record EndOfSequenceMetadata;
