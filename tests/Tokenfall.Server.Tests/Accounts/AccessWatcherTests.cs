using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Time.Testing;

namespace Tokenfall.Server.Tests.Accounts;

/// <summary>What is open when someone's access ends, here or in another process, ends too.</summary>
public class AccessWatcherTests
{
    private readonly HeldSource _model = new();

    [Fact]
    public async Task SignOut_EndsTheSessionsResponses_AndTheRunGoesOnForOthers()
    {
        await using var app = Start();
        using var laptop = await app.SignedInAsync();
        using var phone = await app.SignedInAsync();
        using var answer = await OpenAnswer.AskAsync(laptop, _model);
        using var onPhone = await answer.AttachAsync(phone);

        (await laptop.PostAsync("/account/sign-out", null)).EnsureSuccessStatusCode();

        Assert.DoesNotContain(await answer.Stream.ToCutAsync(), frame => frame.IsTerminal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await laptop.GetAsync(answer.Stream.Location)).StatusCode);
        Assert.False(answer.Stopped.IsCompleted);
        (await phone.DeleteAsync(answer.Stream.Location)).EnsureSuccessStatusCode();
        Assert.True((await onPhone.ToEndAsync())[^1].IsTerminal);
    }

    [Fact]
    public async Task SignOut_OfTheOnlyReader_EndsTheRunByTheDisconnectPolicy()
    {
        await using var app = Start();
        app.Settings["Tokenfall:Grace"] = "00:00:00.001";
        using var browser = await app.SignedInAsync();
        using var answer = await OpenAnswer.AskAsync(browser, _model);

        (await browser.PostAsync("/account/sign-out", null)).EnsureSuccessStatusCode();

        await answer.Stopped.Soon();
    }

    [Fact]
    public async Task PasswordCommand_EndsTheResponsesOfAllSessions()
    {
        await using var app = Start();
        using var one = await app.SignedInAsync();
        using var two = await app.SignedInAsync();
        using var first = await OpenAnswer.AskAsync(one, _model);
        using var second = await OpenAnswer.AskAsync(two, _model);

        await app.CommandAsync("another horse battery\n", "account", "password", TestApp.Email);

        Assert.DoesNotContain(await first.Stream.ToCutAsync(), frame => frame.IsTerminal);
        Assert.DoesNotContain(await second.Stream.ToCutAsync(), frame => frame.IsTerminal);
    }

    [Theory]
    [InlineData("disable")]
    [InlineData("remove")]
    public async Task AccountCommand_ThatEndsTheAccount_StopsItsRuns(string command)
    {
        await using var app = Start();
        using var browser = await app.SignedInAsync();
        using var program = app.Program((await browser.AddKeyAsync()).Secret);
        using var read = await OpenAnswer.AskAsync(program, _model);
        browser.DefaultRequestHeaders.Add("Prefer", "respond-async");
        (await Ask.SendAsync(browser)).EnsureSuccessStatusCode();
        var detached = await _model.BegunAsync();
        await app.AccountsAsync(accounts => accounts.CreateAsync(new IdentityUser("bob@example.com") { Email = "bob@example.com" }, "another password"));
        using var bob = await app.SignedInAsync("bob@example.com", "another password");
        using var other = await OpenAnswer.AskAsync(bob, _model);

        await app.CommandAsync("", "account", command, TestApp.Email);

        await read.Stopped.Soon();
        await detached.Soon();
        Assert.False(other.Stopped.IsCompleted);
    }

    [Fact]
    public async Task Key_Revoked_EndsItsResponsesAndStopsItsRuns()
    {
        await using var app = Start();
        using var browser = await app.SignedInAsync();
        var (id, secret) = await browser.AddKeyAsync();
        using var program = app.Program(secret);
        using var other = app.Program((await browser.AddKeyAsync("other")).Secret);
        using var ofKey = await OpenAnswer.AskAsync(program, _model);
        using var ofOther = await OpenAnswer.AskAsync(other, _model);
        using var readByKey = await ofOther.AttachAsync(program);

        Assert.Equal(HttpStatusCode.NoContent, (await browser.DeleteAsync($"/account/keys/{id}")).StatusCode);

        await ofKey.Stopped.Soon();
        await readByKey.ToCutAsync();
        Assert.False(ofOther.Stopped.IsCompleted);
    }

    [Fact]
    public async Task KeyCommand_ThatRemovesAKey_StopsItsRuns()
    {
        await using var app = Start();
        using var browser = await app.SignedInAsync();
        var (id, secret) = await browser.AddKeyAsync();
        using var program = app.Program(secret);
        using var answer = await OpenAnswer.AskAsync(program, _model);

        await app.CommandAsync("", "key", "remove", $"{id}");

        await answer.Stopped.Soon();
    }

    /// <summary>A change that takes nobody's access away resets nothing.</summary>
    [Fact]
    public async Task OtherChanges_EndNothing()
    {
        await using var app = Start();
        using var browser = await app.SignedInAsync();
        var (id, _) = await browser.AddKeyAsync("unused");
        using var other = await app.SignedInAsync();
        using var answer = await OpenAnswer.AskAsync(browser, _model);
        using var ended = await OpenAnswer.AskAsync(other, _model);

        (await browser.DeleteAsync($"/account/keys/{id}")).EnsureSuccessStatusCode();
        (await other.PostAsync("/account/sign-out", null)).EnsureSuccessStatusCode();
        await ended.Stream.ToCutAsync();

        (await browser.DeleteAsync(answer.Stream.Location)).EnsureSuccessStatusCode();
        Assert.True((await answer.Stream.ToEndAsync())[^1].IsTerminal);
    }

    [Fact]
    public async Task Store_ThatCannotBeRead_IsToldOnce_AndWatchedAgainLater()
    {
        await using var app = Start();
        using var browser = await app.SignedInAsync();
        var (id, secret) = await browser.AddKeyAsync();
        using var program = app.Program(secret);
        using var answer = await OpenAnswer.AskAsync(program, _model);
        var table = "ApiKeys";

        await app.SqlAsync($"ALTER TABLE {table} RENAME TO Away");
        await app.Log.SaidAsync("The store cannot be read");
        await app.SqlAsync($"ALTER TABLE Away RENAME TO {table}; DELETE FROM {table} WHERE Id = {id}");

        await answer.Stopped.Soon();
        Assert.Single(app.Log.GetSnapshot(), record => record.Message.StartsWith("The store cannot be read", StringComparison.Ordinal));
    }

    /// <summary>A change is looked at twice: a call may be authenticated before it, and be open only after the first look.</summary>
    [Fact]
    public async Task SignOut_WhileACallIsAuthenticated_EndsItsResponse()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var authenticated = new TaskCompletionSource();
        var goesOn = new TaskCompletionSource();
        await using var app = Start(services => services.AddSingleton<TimeProvider>(time).PostConfigure<CookieAuthenticationOptions>(
            IdentityConstants.ApplicationScheme, cookie => cookie.Events.OnValidatePrincipal = async context =>
            {
                if (context.Request.Headers["X-Late"].Count == 0) return;
                authenticated.SetResult();
                await goesOn.Task;
            }));
        using var browser = await app.SignedInAsync();
        using var answer = await OpenAnswer.AskAsync(browser, _model);
        using var request = new HttpRequestMessage(HttpMethod.Get, answer.Stream.Location) { Headers = { { "X-Late", "1" } } };
        var late = browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await authenticated.Task.Soon();
        (await browser.PostAsync("/account/sign-out", null)).EnsureSuccessStatusCode();
        Look();
        await answer.Stream.ToCutAsync();

        goesOn.SetResult();
        using var stream = await EventStream.OfAsync(await late.Soon());
        Look();

        Assert.DoesNotContain(await stream.ToCutAsync(), frame => frame.IsTerminal);

        void Look() => time.Advance(TimeSpan.FromMilliseconds(250));
    }

    private TestApp Start(Action<IServiceCollection>? setup = null)
    {
        var app = new TestApp
        {
            Setup = services =>
            {
                services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1000).AddSingleton<IModelSource>(_model);
                setup?.Invoke(services);
            },
        };
        // The model is silent, and nothing but a stop may end it.
        app.Settings["Tokenfall:Upstream:ContentTimeout"] = "01:00:00";
        app.Settings["Tokenfall:Upstream:TotalTimeout"] = "01:00:00";
        // Nor need its end be waited for.
        app.Settings["Tokenfall:DrainTime"] = "00:00:00.001";
        return app;
    }
}
