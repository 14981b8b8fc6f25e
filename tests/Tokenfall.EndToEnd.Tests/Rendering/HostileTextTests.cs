namespace Tokenfall.EndToEnd.Tests.Rendering;

/// <summary>What a model may be made to write: nothing of it leaves the page, runs, or holds the browser up.</summary>
[Collection(nameof(OwnPages))]
[Trait("Needs", "browser")]
public sealed class HostileTextTests(Browser browser)
{
    // HOST is an origin that writes down who comes.
    private static readonly string[] Texts =
    [
        "![a](HOST/image)", "![a][b]\n\n[b]: HOST/reference", "<img src=\"HOST/html\">", "<img src=x onerror=\"window.ran=1\">",
        "<script>window.ran=1</script>", "<script src=\"HOST/script\"></script>", "<iframe srcdoc=\"<script>parent.ran=1</script>\"></iframe>",
        "<iframe src=\"HOST/frame\"></iframe>", "<svg onload=\"window.ran=1\"><image href=\"HOST/svg\"/></svg>", "<style>@import 'HOST/style'</style>",
        "<div style=\"background:url(HOST/background)\">x</div>", "<link rel=\"stylesheet\" href=\"HOST/link\">", "<video poster=\"HOST/poster\"></video>",
        "<form action=\"HOST/form\"><input autofocus onfocus=\"window.ran=1\"></form>", "<base href=\"HOST/\">",
        "<meta http-equiv=\"refresh\" content=\"0;url=HOST/meta\">", "<object data=\"HOST/object\"></object>",
        "[a](javascript:window.ran=1)", "[a](JaVaScRiPt&colon;window.ran=1)", "[a](java&#10;script:window.ran=1)", "<javascript:window.ran=1>",
        "[a](data:text/html,<script>window.ran=1</script>)", "![a](javascript:window.ran=1)", "[![a](HOST/inner)](javascript:window.ran=1)",
        "| ![a](HOST/cell) |\n|---|\n| <img src=HOST/cell2> |", "- <img src=HOST/item>\n- ![a](HOST/item2)", "> <img src=HOST/quote>",
        "```html\n<img src=HOST/code>\n```", "`<img src=HOST/span>`", "# <img src=HOST/heading>", "&lt;img src=HOST/entity&gt;", "<!-- <img src=HOST/comment> -->",
    ];

    [Theory]
    [InlineData("/strict")]
    [InlineData("/open")]
    public async Task HostileText_Drawn_AsksForNothingAndRunsNothing(string path)
    {
        await using var app = await RenderApp.StartAsync();
        await browser.RunAsync(app.Address, async page =>
        {
            await OpenAsync(page, path);
            List<string> requests = [];
            page.Request += (_, request) => requests.Add(request.Url);
            foreach (var text in Texts)
            {
                var hostile = text.Replace("HOST", app.Elsewhere, StringComparison.Ordinal);
                var html = await page.EvaluateAsync<string>("text => draw([text.slice(0, 9), text.slice(9)])", hostile);
                var forbidden = await page.EvaluateAsync<string[]>("""
                    () => [...document.body.querySelectorAll('*')].filter((element) =>
                      !/^(DIV|P|H[1-6]|UL|OL|LI|PRE|CODE|SPAN|BUTTON|A|BDI|TABLE|THEAD|TBODY|TR|TH|TD|BLOCKQUOTE)$/.test(element.tagName)
                      || element.getAttributeNames().some((name) => name.startsWith('on') || name === 'src')
                      || (element.href && !/^https?:/.test(element.href))).map((element) => element.outerHTML)
                    """);
                Assert.True(forbidden.Length == 0, $"{hostile}\nbecame\n{html}");
            }

            Assert.False(await page.EvaluateAsync<bool>("() => 'ran' in window"));
            Assert.Empty(requests);
        }, $"HostileText{path.Replace('/', '-')}");

        Assert.Empty(app.Reached);
    }

    [Fact]
    public async Task Link_ToAnotherHost_SaysWhereItLeads()
    {
        await using var app = await RenderApp.StartAsync();
        await browser.RunAsync(app.Address, async page =>
        {
            await OpenAsync(page, "/strict");
            await page.EvaluateAsync("() => draw(['[https://bank.example](https://evil.example/x) and [b](https://аррӏе.com) and https://example.com/c'])");

            var links = page.Locator("a");
            Assert.Equal(
                ["https://bank.example (evil.example)", "b (xn--80ak6aa92e.com)", "https://example.com/c"], await links.AllTextContentsAsync());
            Assert.Equal("noopener noreferrer nofollow", await links.First.GetAttributeAsync("rel"));
        });
    }

    [Fact]
    public async Task Image_OfAnAllowedOrigin_IsLoaded()
    {
        await using var app = await RenderApp.StartAsync();
        await browser.RunAsync(app.Address, async page =>
        {
            await OpenAsync(page, "/open");
            await page.EvaluateAsync("host => draw([`![a](${host}/allowed.png) ![b](http://localhost:9/b.png)`], { images: [host] })", app.Elsewhere);

            await Assertions.Expect(page.Locator("img")).ToHaveCountAsync(1);
            await page.WaitForFunctionAsync("() => document.images[0].complete");
        });

        Assert.Equal("/allowed.png", Assert.Single(app.Reached));
    }

    internal static async Task OpenAsync(IPage page, string path)
    {
        await page.GotoAsync(path);
        await page.WaitForFunctionAsync("() => window.ready");
    }
}
