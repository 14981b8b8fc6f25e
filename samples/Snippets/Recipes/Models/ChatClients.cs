using Microsoft.Extensions.AI;
using Tokenfall;

namespace Snippets.Recipes.Models;

public static class ChatClients
{
    public static WebApplication BuildOne(WebApplicationBuilder builder)
    {
        // snippet: chat-client
        builder.Services.AddChatClient(new ParrotClient());
        builder.Services.AddTokenfall().AddChatClient();

        var app = builder.Build();
        app.MapTokenfall("/ask/stream");
        // end snippet
        return app;
    }

    public static WebApplication BuildComplete(WebApplicationBuilder builder, IChatClient client)
    {
        builder.Services.AddChatClient(client);
        builder.Services.AddTokenfall().AddChatClient();
        var app = builder.Build();
        // snippet: end-of-sequence
        app.MapTokenfall("/ask/stream").EndOfSequenceCompletes();
        // end snippet
        return app;
    }

    public static WebApplication BuildCompleteSource(WebApplicationBuilder builder, IChatClient client)
    {
        // snippet: end-of-sequence-source
        builder.Services.AddTokenfall().AddSource("mine", services => new ChatClientSource(client).EndOfSequenceCompletes());
        // end snippet
        var app = builder.Build();
        app.MapTokenfall("/ask/stream");
        return app;
    }

    public static WebApplication BuildSeveral(WebApplicationBuilder builder)
    {
        // snippet: keyed-chat-clients
        builder.Services.AddKeyedChatClient("parrot", new ParrotClient());
        builder.Services.AddTokenfall()
            .AddChatClient("parrot")                                // the client registered under this key
            .AddChatClient("other", services => new ParrotClient()) // or one made here
            .AddDemo("demo");

        var app = builder.Build();
        app.MapTokenfall("/ask/stream").WithModels("parrot", "other", "demo");
        // end snippet
        return app;
    }
}
