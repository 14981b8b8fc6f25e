using Tokenfall.Server.Commands;
using Tokenfall.Server.Configuration;
using Tokenfall.Server.Features;
using Tokenfall.Server.Hosting;

try
{
    BatchScheduling.Begin();
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions
    {
        Args = args,
        WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
    });
    builder.AddShippedSettings();
    var options = ServerOptions.Read(builder.Configuration);

    builder.Services.AddSingleton(TimeProvider.System);
    builder.AddConsoleLines();
    builder.AddStore(options);
    builder.AddAccounts();
    builder.AddApiKeys();
    if (CommandLine.IsCommand(args)) return await builder.RunCommandAsync(args);

    var model = ModelChoice.Decide(options, builder.Configuration, builder.Environment.IsDevelopment());
    builder.AddListening(options);
    builder.AddForwardedHeaders(options);
    builder.AddSecurityHeaders();
    builder.AddErrors();
    builder.AddSession();
    builder.AddHealth();
    builder.AddAsk(model);
    if (options.SignIn) builder.AddSignIn();

    await using var app = builder.Build();
    await app.MigrateStoreAsync();
    var howToSignIn = await app.EnsureAccountAsync(options);

    app.UseSecurityHeaders();
    app.UseErrors();
    if (options.SignIn) app.UseForwardedHeaders();
    else app.UseLoopbackOnly();
    app.UseStrictTransport();
    app.UsePages();
    app.UseRouting();
    if (options.SignIn) app.UseSignIn();

    app.MapHealth();
    app.MapSession(options, model);
    app.MapAsk(options);
    if (options.SignIn) app.MapSignIn();
    if (options.SignIn) app.MapApiKeys();

    await app.ListenAsync(options);
    app.Welcome(options, model, howToSignIn);
    await app.WaitForShutdownAsync();
    return 0;
}
catch (Exception e) when (StartFailure.Words(e) is { } words)
{
    Console.Error.WriteLine(words);
    return 1;
}

/// <summary>The entry point; public so that tests can start the server.</summary>
public partial class Program;
