using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using OpenAI;

namespace Tokenfall.Sdk.Tests.Faults;

/// <summary>How an application sets its chat client up.</summary>
internal enum ClientStack
{
    /// <summary>The SDK as it comes, with its own retries.</summary>
    Plain,

    /// <summary>Function invocation and telemetry around it, and the standard resilience handler under it, which retries instead of the SDK.</summary>
    Full,
}

/// <summary>Makes the chat clients of the official SDKs.</summary>
internal static class ChatClients
{
    public static IChatClient OpenAI(Uri server, ClientStack stack)
    {
        var options = new OpenAIClientOptions { Endpoint = server, RetryPolicy = stack == ClientStack.Plain ? new PromptRetryPolicy() : new ClientRetryPolicy(0) };
        if (stack == ClientStack.Full) options.Transport = new HttpClientPipelineTransport(ResilientHttp());
        return Around(new OpenAIClient(new ApiKeyCredential("secret"), options).GetChatClient("gpt-test").AsIChatClient(), stack);
    }

    public static IChatClient Anthropic(Uri server, ClientStack stack)
    {
        var client = new AnthropicClient { ApiKey = "secret", BaseUrl = server.ToString().TrimEnd('/') };
        return Around(stack == ClientStack.Plain
            ? client.AsIChatClient("claude-test")
            : client.WithOptions(options => options with { HttpClient = ResilientHttp(), MaxRetries = 0 }).AsIChatClient("claude-test"), stack);
    }

    private static IChatClient Around(IChatClient client, ClientStack stack) =>
        stack == ClientStack.Plain ? client : client.AsBuilder().UseFunctionInvocation().UseOpenTelemetry().Build();

    private static HttpClient ResilientHttp()
    {
        var services = new ServiceCollection();
        // Only the waits are shorter than the standard.
        services.AddHttpClient("model").AddStandardResilienceHandler(options => options.Retry.Delay = TimeSpan.FromMilliseconds(1));
        return services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient("model");
    }

    // The SDK's own policy, without its waits.
    private sealed class PromptRetryPolicy : ClientRetryPolicy
    {
        protected override TimeSpan GetNextDelay(PipelineMessage message, int tryCount) => TimeSpan.FromMilliseconds(1);
    }
}
