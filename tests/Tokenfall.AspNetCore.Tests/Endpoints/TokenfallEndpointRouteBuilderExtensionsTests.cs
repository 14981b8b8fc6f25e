using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Routing;

namespace Tokenfall.AspNetCore.Tests;

public sealed class TokenfallEndpointRouteBuilderExtensionsTests
{
    [Fact]
    public void Map_WithoutAddTokenfall_NamesTheCall()
    {
        var app = WebApplication.CreateBuilder().Build();

        var missing = Assert.Throws<InvalidOperationException>(() => app.MapTokenfall("/ask/stream"));

        Assert.Contains("builder.Services.AddTokenfall()", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MapDelegate_WithoutAddTokenfall_NamesTheCall()
    {
        var app = WebApplication.CreateBuilder().Build();

        var missing = Assert.Throws<InvalidOperationException>(() => app.MapTokenfall("/ask/stream", () => Updates.None()));

        Assert.Contains("builder.Services.AddTokenfall()", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Map_WithoutAModel_NamesTheCalls()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddTokenfall();
        var app = builder.Build();

        var missing = Assert.Throws<InvalidOperationException>(() => app.MapTokenfall("/ask/stream"));

        Assert.Contains("AddAnthropic()", missing.Message, StringComparison.Ordinal);
        Assert.Contains("AddChatClient()", missing.Message, StringComparison.Ordinal);
        Assert.Contains("AddDemo()", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MapDelegate_WithoutAModel_IsEnough()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddTokenfall();
        var app = builder.Build();

        app.MapTokenfall("/ask/stream", () => Updates.None());
    }

    [Fact]
    public async Task Map_EveryEndpoint_IsKeptFromRequestTimeouts()
    {
        await using var app = await TestApp.StartAsync(options => options.AllowGetStart = true);

        var endpoints = app.Services.GetRequiredService<EndpointDataSource>().Endpoints;

        Assert.Equal(10, endpoints.Count);
        Assert.All(endpoints, endpoint => Assert.NotNull(endpoint.Metadata.GetMetadata<DisableRequestTimeoutAttribute>()));
    }

    [Fact]
    public async Task Map_InsideAGroup_HasItsPrefixAndItsConventions()
    {
        await using var app = await TestApp.StartAsync(_ => { }, app => app.MapGroup("/api").MapTokenfall("ask/").WithDisplayName("mine"));

        var endpoints = app.Services.GetRequiredService<EndpointDataSource>().Endpoints;

        Assert.All(endpoints, endpoint => Assert.Equal("mine", endpoint.DisplayName));
        using var response = await app.Client.AskAsync("hi", "/api/ask");
        Assert.StartsWith("/api/ask/", response.Headers.Location!.OriginalString, StringComparison.Ordinal);
        using var second = await app.Client.ReadAsync(response.Headers.Location.OriginalString);
        Assert.True(second.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Describe_Start_HasBodyAndAnswers()
    {
        await using var app = await DescribedAsync(app => app.MapTokenfall(TestApp.Path));

        var start = Description(app, "POST", "ask/stream");

        Assert.Equal(["application/json", "application/x-www-form-urlencoded", "multipart/form-data"], start.SupportedRequestFormats.Select(format => format.MediaType));
        Assert.Equal("RunRequestBody", Assert.Single(start.ParameterDescriptions).Type?.Name);
        Assert.Equal([200, 202, 400, 401, 403, 406, 413, 415], Statuses(start));
        Assert.Equal("text/event-stream", Formats(start, 200));
        Assert.Equal("application/json", Formats(start, 202));
        Assert.All(new[] { 400, 401, 403, 406, 413, 415 }, status => Assert.Equal("application/problem+json", Formats(start, status)));
    }

    [Fact]
    public async Task Describe_Read_HasTheRunAndAnswers()
    {
        await using var app = await DescribedAsync(app => app.MapTokenfall(TestApp.Path));

        var read = Description(app, "GET", "ask/stream/{run}");

        Assert.Equal("run", Assert.Single(read.ParameterDescriptions).Name);
        Assert.Equal([200, 204, 400, 401, 404], Statuses(read));
    }

    [Fact]
    public async Task Describe_Stop_HasTheRunAndAnswers()
    {
        await using var app = await DescribedAsync(app => app.MapTokenfall(TestApp.Path));

        var stop = Description(app, "DELETE", "ask/stream/{run}");

        Assert.Equal("run", Assert.Single(stop.ParameterDescriptions).Name);
        Assert.Equal([202, 204, 400, 401, 403, 404], Statuses(stop));
    }

    [Fact]
    public async Task Describe_Delegate_HasItsBody()
    {
        await using var app = await DescribedAsync(app => app.MapTokenfall("/support/stream", (Question question) => Updates.None(question)));

        var start = Description(app, "POST", "support/stream");

        Assert.Equal(typeof(Question), Assert.Single(start.ParameterDescriptions).Type);
        Assert.Equal("application/json", Assert.Single(start.SupportedRequestFormats).MediaType);
    }

    [Fact]
    public async Task Describe_DelegateWithoutBody_HasNone()
    {
        await using var app = await DescribedAsync(app => app.MapTokenfall("/support/stream", () => Updates.None()));

        Assert.Empty(Description(app, "POST", "support/stream").ParameterDescriptions);
    }

    private static Task<TestApp> DescribedAsync(Action<WebApplication> map) =>
        TestApp.StartAsync(builder => builder.Services.AddEndpointsApiExplorer(), map);

    private static ApiDescription Description(TestApp app, string method, string path) =>
        app.Services.GetRequiredService<IApiDescriptionGroupCollectionProvider>().ApiDescriptionGroups.Items
            .SelectMany(group => group.Items).Single(item => item.HttpMethod == method && item.RelativePath == path);

    private static IEnumerable<int> Statuses(ApiDescription description) => description.SupportedResponseTypes.Select(type => type.StatusCode).Order();

    private static string Formats(ApiDescription description, int status) => string.Join(",",
        description.SupportedResponseTypes.Single(type => type.StatusCode == status).ApiResponseFormats.Select(format => format.MediaType));
}
