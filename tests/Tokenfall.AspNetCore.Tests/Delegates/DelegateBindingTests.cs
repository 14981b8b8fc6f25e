using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Tokenfall.AspNetCore.Tests;

public sealed class DelegateBindingTests
{
    public static TheoryData<Delegate, string> Unusable => new()
    {
        { (HttpContext context) => Updates.None(context), "'context' (HttpContext)" },
        { (HttpRequest request) => Updates.None(request), "'request' (HttpRequest)" },
        { (HttpResponse response) => Updates.None(response), "'response' (HttpResponse)" },
        { (IFormCollection form) => Updates.None(form), "'form' (IFormCollection)" },
        { (IFormFile file) => Updates.None(file), "'file' (IFormFile)" },
        { (IFormFileCollection files) => Updates.None(files), "'files' (IFormFileCollection)" },
        { (Stream body) => Updates.None(body), "'body' (Stream)" },
        { (PipeReader body) => Updates.None(body), "'body' (PipeReader)" },
        { (IHttpContextAccessor accessor) => Updates.None(accessor), "'accessor' (IHttpContextAccessor)" },
        { ([FromHeader] string tenant) => Updates.None(tenant), "'tenant' (String)" },
        { ([FromForm] string tenant) => Updates.None(tenant), "'tenant' (String)" },
        { ([AsParameters] Question all) => Updates.None(all), "'all' (Question)" },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task Map_ParameterOfTheRequest_IsRefusedByName(Delegate handler, string parameter)
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => MapAsync(handler));

        Assert.Contains(parameter, refused.Message, StringComparison.Ordinal);
        Assert.Contains("MapTokenfall(\"/support/stream\")", refused.Message, StringComparison.Ordinal);
        Assert.Contains("instead", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Map_TwoBodyParameters_IsRefused()
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => MapAsync((Question first, Question second) => Updates.None(first, second)));

        Assert.Contains("'second'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("one type", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Map_WrongReturnType_IsRefused()
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => MapAsync(() => "hello"));

        Assert.Contains("IAsyncEnumerable<ChatResponseUpdate> or IAsyncEnumerable<string>", refused.Message, StringComparison.Ordinal);
        Assert.Contains("String", refused.Message, StringComparison.Ordinal);
    }

    private static Task<TestApp> MapAsync(Delegate handler) => TestApp.StartAsync(_ => { }, app => app.MapTokenfall("/support/stream", handler));
}
