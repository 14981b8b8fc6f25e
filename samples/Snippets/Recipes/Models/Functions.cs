using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace Snippets.Recipes.Models;

public static class Functions
{
    public static WebApplication Build(WebApplicationBuilder builder, IChatClient client)
    {
        // snippet: functions
        builder.Services.AddChatClient(client).UseFunctionInvocation();
        builder.Services.AddTokenfall().AddChatClient();

        var app = builder.Build();
        app.MapTokenfall("/ask/stream").WithChatOptions(options => options.Tools = [AIFunctionFactory.Create(Weather.In)]);
        // end snippet
        return app;
    }
}

public static class Weather
{
    // snippet: function
    [Description("The weather in a city")]
    public static string In(string city) => $"Rain in {city}.";
    // end snippet
}
