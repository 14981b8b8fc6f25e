using Microsoft.AspNetCore.Identity;
using Tokenfall.Server.Accounts;
using Tokenfall.Server.Accounts.Passwords;
using Tokenfall.Server.Configuration;
using Tokenfall.Server.Store;

namespace Tokenfall.Server.Features;

/// <summary>Accounts: ASP.NET Core Identity over the store.</summary>
internal static class AccountsFeature
{
    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        // A singleton: it has no state, and the decoy hash is computed once.
        builder.Services.AddSingleton<IPasswordHasher<IdentityUser>, PasswordHasher<IdentityUser>>();
        builder.Services
            .AddIdentityCore<IdentityUser>(identity =>
            {
                // The e-mail address is the name. Passwords must be long, not complex (NIST SP 800-63B, 3.1.1.2).
                identity.User.RequireUniqueEmail = true;
                identity.User.AllowedUserNameCharacters = "";
                identity.Password.RequiredLength = 10;
                identity.Password.RequireDigit = false;
                identity.Password.RequireLowercase = false;
                identity.Password.RequireUppercase = false;
                identity.Password.RequireNonAlphanumeric = false;
            })
            .AddEntityFrameworkStores<TokenfallDb>()
            .AddPasswordValidator<PasswordRules>()
            // For a new password without the old one, from the console.
            .AddTokenProvider<DataProtectorTokenProvider<IdentityUser>>(TokenOptions.DefaultProvider);
        builder.Services.AddScoped<DemoAccount>();
    }

    /// <summary>Creates the first account where configured, or the demo account in Development.</summary>
    /// <returns>What to print about signing in; <see langword="null"/> for nothing.</returns>
    public static async Task<string?> EnsureAccountAsync(this WebApplication app, ServerOptions options)
    {
        if (!options.SignIn) return null;
        await using var scope = app.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<IdentityUser>>();
        await FirstAccount.EnsureAsync(accounts, options.FirstAccount);

        if (app.Environment.IsDevelopment()
            && await scope.ServiceProvider.GetRequiredService<DemoAccount>().EnsureAsync() is { } password)
            return $"Sign in: {DemoAccount.Email}, password {password}";
        if (!accounts.Users.Any())
            return "Nobody can sign in yet. Add an account: dotnet run --project src/Tokenfall.Server -- account add you@example.com"
                + " (or Tokenfall.Server account add ... where it is installed)";
        return null;
    }
}
