using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Tokenfall.AspNetCore;

/// <summary>Adds the request body to the endpoints' API descriptions, from which OpenAPI documents are made.</summary>
internal sealed class RequestBodyApiDescriptionProvider(IModelMetadataProvider? metadata = null) : IApiDescriptionProvider
{
    // After the framework's provider for endpoints (-1100), which makes the descriptions.
    public int Order => -1000;

    public void OnProvidersExecuting(ApiDescriptionProviderContext context)
    {
    }

    public void OnProvidersExecuted(ApiDescriptionProviderContext context)
    {
        foreach (var description in context.Results)
        {
            if (description.ActionDescriptor.EndpointMetadata?.OfType<RequestBodyMetadata>().FirstOrDefault() is not { Type: { } type } body) continue;
            foreach (var contentType in body.ContentTypes) description.SupportedRequestFormats.Add(new ApiRequestFormat { MediaType = contentType });
            description.ParameterDescriptions.Add(new ApiParameterDescription
            {
                Name = "body",
                Type = type,
                Source = BindingSource.Body,
                IsRequired = true,
                ModelMetadata = metadata?.GetMetadataForType(type)!,
                ParameterDescriptor = new ParameterDescriptor { Name = "body", ParameterType = type },
            });
        }
    }
}
