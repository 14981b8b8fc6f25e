using Microsoft.AspNetCore.Builder;

namespace Tokenfall.AspNetCore;

/// <summary>Refuses, when endpoints are built, what has no effect on an endpoint whose handler calls the model itself.</summary>
internal static class DelegateEndpoint
{
    /// <exception cref="InvalidOperationException">The endpoint chooses a model or sets its options; the message names the call and the endpoint.</exception>
    public static void Check(EndpointBuilder endpoint)
    {
        Refuse<ModelsMetadata>(endpoint, "WithModel or WithModels");
        Refuse<ChatOptionsMetadata>(endpoint, "WithChatOptions");
        Refuse<RequestOptionLimits>(endpoint, "AllowRequestOptions");
    }

    private static void Refuse<T>(EndpointBuilder endpoint, string call)
    {
        if (endpoint.Metadata.Any(metadata => metadata is T))
            throw new InvalidOperationException(
                $"{call} has no effect on the endpoint {endpoint.DisplayName}, because its handler calls the model itself. Remove the call, or choose the model and its options in the handler.");
    }
}
