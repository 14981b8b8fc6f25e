using System.Runtime.CompilerServices;
using Xunit.Sdk;

namespace Tokenfall.EndToEnd.Tests.Browsers;

/// <summary>One real browser for all tests of a collection; a fresh context, so no shared cookies, for each.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);
    private static readonly string Executable = Environment.GetEnvironmentVariable("TOKENFALL_CHROMIUM") ?? "/usr/bin/chromium";

    private static readonly string[] Quiet =
    [
        "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>For tests with contexts of their own.</summary>
    internal IBrowser Instance => _browser!;

    public async Task InitializeAsync()
    {
        if (!File.Exists(Executable))
            throw new InvalidOperationException(
                $"No browser at {Executable}. Run ./test, which installs it, or set TOKENFALL_CHROMIUM to one.");

        Assertions.SetDefaultExpectTimeout((float)TimeLimit.TotalMilliseconds);
        _playwright = await Playwright.CreateAsync();
        // Chromium refuses its sandbox to root, and some systems to everybody; it sees nothing but our own pages.
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Executable,
            Headless = true,
            ChromiumSandbox = false,
            Args = Quiet,
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.CloseAsync();

        _playwright?.Dispose();
    }

    /// <summary>
    /// Runs a test on a fresh page. Leaves a screenshot in artifacts/screenshots when it fails, and fails when the page logged
    /// an error or threw one.
    /// </summary>
    /// <param name="site">Relative addresses on the page start here. Its certificate need not be trusted.</param>
    /// <param name="test">What to do on the page.</param>
    /// <param name="name">The screenshot's name.</param>
    /// <param name="options">The window; its address and trust are set here.</param>
    /// <param name="expectedError">Part of an error that the page must log, exactly once; none by default.</param>
    /// <param name="expectedErrors">The same, for a page that logs it once or more.</param>
    /// <param name="toleratedErrors">The same, for a page that may log it, however often.</param>
    public async Task RunAsync(
        Uri site, Func<IPage, Task> test, [CallerMemberName] string name = "",
        BrowserNewContextOptions? options = null, string? expectedError = null, string? expectedErrors = null,
        string? toleratedErrors = null)
    {
        options ??= new();
        (options.BaseURL, options.IgnoreHTTPSErrors) = (site.ToString(), true);
        await using var context = await _browser!.NewContextAsync(options);
        var errors = new PageErrors();
        context.Page += (_, opened) => errors.Watch(opened);
        var page = await context.NewPageAsync();
        try
        {
            await test(page);
        }
        catch (Exception e)
        {
            await page.ScreenshotAsync(new() { Path = Repository.PathOf($"artifacts/screenshots/{name}.png") });
            if (errors.Seen.Count == 0) throw;
            throw new XunitException($"{e.Message}\n\nThe page logged:\n{string.Join('\n', errors.Seen)}", e);
        }

        if (toleratedErrors is not null) Assert.All(errors.Seen, error => Assert.Contains(toleratedErrors, error, StringComparison.Ordinal));
        else if (expectedErrors is not null)
        {
            Assert.NotEmpty(errors.Seen);
            Assert.All(errors.Seen, error => Assert.Contains(expectedErrors, error, StringComparison.Ordinal));
        }
        else if (expectedError is null) Assert.Empty(errors.Seen);
        else Assert.Contains(expectedError, Assert.Single(errors.Seen), StringComparison.Ordinal);
    }
}
