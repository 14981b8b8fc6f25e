using Microsoft.Extensions.AI;

namespace Tokenfall;

/// <summary>Refuses what the Messages API does not take, by name and before anything is sent.</summary>
internal static class Unsupported
{
    /// <exception cref="ModelException">An option is set that the Messages API does not have.</exception>
    public static void ThrowIfAny(ChatOptions options)
    {
        if (options.Seed is not null) throw Option(nameof(options.Seed));
        if (options.FrequencyPenalty is not null) throw Option(nameof(options.FrequencyPenalty));
        if (options.PresencePenalty is not null) throw Option(nameof(options.PresencePenalty));
        if (options.AllowBackgroundResponses is true) throw Option(nameof(options.AllowBackgroundResponses));
        if (options.ContinuationToken is not null) throw Option(nameof(options.ContinuationToken));
        if (options.ConversationId is not null) throw Option(nameof(options.ConversationId));
        if (options.RawRepresentationFactory is not null) throw Option(nameof(options.RawRepresentationFactory));
        if (options.AdditionalProperties is { Count: > 0 } properties) throw Option($"{nameof(options.AdditionalProperties)}['{properties.Keys.First()}']");
    }

    public static ModelException Option(string option, string why = "is not supported by the Messages API") =>
        Request($"ChatOptions.{option} {why}. Leave it unset for this model.");

    public static ModelException Content(AIContent content, ChatRole role) =>
        Request($"The Messages API cannot take {content.GetType().Name} in a message of the role '{role}'. Leave it out, or send it in another form.");

    public static ModelException Request(string message) => new(ErrorCode.InvalidRequest, message, retryable: false);
}
