using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Time.Testing;

namespace Tokenfall.Server.Tests.Accounts;

/// <summary>The wall clock is set back or forward, by a person or a virtual machine that was asleep: nothing lives for ever, and nobody is locked out for good.</summary>
public class ClockTests
{
    private static readonly object Right = new { email = TestApp.Email, password = TestApp.Password };
    private static readonly object Wrong = new { email = TestApp.Email, password = "wrong horse battery" };

    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly HeldSource _model = new();

    [Theory]
    [InlineData("00:04:00", HttpStatusCode.Unauthorized)]
    [InlineData("00:05:01", HttpStatusCode.NoContent)]
    [InlineData("3.00:00:00", HttpStatusCode.NoContent)]
    [InlineData("-3.00:00:00", HttpStatusCode.NoContent)]
    public async Task Lockout_AsTheClockIsSet_EndsInFiveMinutesAtTheLatest(string jump, HttpStatusCode expected)
    {
        await using var app = Start();
        using var stranger = await app.BrowserAsync();
        for (var i = 0; i < 5; i++) await StatusAsync(stranger, Wrong);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(stranger, Right));

        Jump(TimeSpan.Parse(jump, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(expected, await StatusAsync(stranger, Right));
    }

    [Theory]
    [InlineData(-0.5, true)]
    [InlineData(-3, false)]
    [InlineData(-365, false)]
    [InlineData(15, false)]
    public async Task Session_AsTheClockIsSet_LivesTwoWeeksAtMost(double days, bool lives)
    {
        await using var app = Start();
        var cookies = new CookieContainer();
        using var browser = await app.SignedInAsync(cookies);
        using var replay = app.Replay(cookies);

        Jump(TimeSpan.FromDays(days));

        Assert.Equal(lives ? TestApp.Email : null, (await TestApp.SessionAsync(replay)).GetProperty("user").GetString());
    }

    [Theory]
    [InlineData(-365)]
    [InlineData(365)]
    public async Task RunAndKey_WhateverTheClockIs_GoOn(double days)
    {
        await using var app = Start();
        using var browser = await app.SignedInAsync();
        using var program = app.Program((await browser.AddKeyAsync()).Secret);
        using var answer = await OpenAnswer.AskAsync(program, _model);

        Jump(TimeSpan.FromDays(days));

        using var again = await answer.AttachAsync(program);
        Assert.False(answer.Stopped.IsCompleted);
        (await program.DeleteAsync(answer.Stream.Location)).EnsureSuccessStatusCode();
        Assert.True((await again.ToEndAsync())[^1].IsTerminal);
    }

    // As clocks are set: no timer runs faster.
    private void Jump(TimeSpan by) => _time.AdjustTime(_time.GetUtcNow() + by);

    private TestApp Start() => new()
    {
        Setup = services => services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1000)
            .AddSingleton<TimeProvider>(_time).AddSingleton<IModelSource>(_model),
    };

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, object body)
    {
        using var response = await client.PostAsJsonAsync("/account/sign-in", body);
        return response.StatusCode;
    }
}
