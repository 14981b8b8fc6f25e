using Microsoft.Extensions.AI;

namespace Tokenfall;

/// <summary>Refuses what a fixed text cannot honour. What only colours an answer, such as the system prompt or the temperature, is ignored.</summary>
internal static class DemoRequest
{
    /// <exception cref="ModelException">The request has something that the demo model cannot do; the message names it.</exception>
    public static void Check(ModelRequest request)
    {
        var options = request.Options;
        if (options.Tools is { Count: > 0 }) throw Unsupported("ChatOptions.Tools");
        if (options.ResponseFormat is not (null or ChatResponseFormatText)) throw Unsupported("ChatOptions.ResponseFormat");
        if (options.StopSequences is { Count: > 0 }) throw Unsupported("ChatOptions.StopSequences");
        if (options.ConversationId is not null) throw Unsupported("ChatOptions.ConversationId");
        if (options.ContinuationToken is not null) throw Unsupported("ChatOptions.ContinuationToken");
        if (options.AllowBackgroundResponses is true) throw Unsupported("ChatOptions.AllowBackgroundResponses");
        // The conversation may have answers of other models in it.
        foreach (var content in request.Messages.Where(message => message.Role == ChatRole.User).SelectMany(message => message.Contents))
            if (content is not TextContent) throw Unsupported(content.GetType().Name);
    }

    private static ModelException Unsupported(string what) =>
        new(ErrorCode.InvalidRequest, $"The demo model does not support {what}. Leave it out, or ask a real model.", retryable: false);
}
