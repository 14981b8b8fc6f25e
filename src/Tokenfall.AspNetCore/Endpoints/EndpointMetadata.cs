using Microsoft.Extensions.AI;

namespace Tokenfall.AspNetCore;

/// <summary>An endpoint's disconnect policy.</summary>
internal sealed record DisconnectMetadata(DisconnectPolicy Policy);

/// <summary>The models that an endpoint offers, by name; the first one answers when the caller chooses none.</summary>
internal sealed record ModelsMetadata(IReadOnlyList<string> Names);

/// <summary>What an endpoint sets for the model.</summary>
internal sealed record ChatOptionsMetadata(Action<ChatOptions> Configure);

/// <summary>The end of the stream completes the answer at this endpoint.</summary>
internal sealed record EndOfSequenceMetadata;
