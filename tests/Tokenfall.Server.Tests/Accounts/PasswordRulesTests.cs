using Microsoft.AspNetCore.Identity;
using Tokenfall.Server.Accounts.Passwords;

namespace Tokenfall.Server.Tests.Accounts;

public class PasswordRulesTests
{
    [Theory]
    [InlineData("qwertyuiop", "commonest")]
    [InlineData("QwertyUiop", "commonest")]
    [InlineData("password2024!", "commonest")]
    [InlineData("123sunshine", "commonest")]
    [InlineData("1q2w3e4r5t", "commonest")]
    [InlineData("aaaaaaaaaa", "repeats")]
    [InlineData("xkqxkqxkqxkq", "repeats")]
    [InlineData("hunter2hunter2", "repeats")]
    [InlineData("bcdefghijk", "sequence")]
    [InlineData("0987654321098", "sequence")]
    [InlineData("bcdefg87654321", "sequence")]
    [InlineData("ada@lovelace.example", "e-mail address")]
    [InlineData("Lovelace-1815", "e-mail address")]
    [InlineData("tokenfall123", "product")]
    public async Task Password_ThatIsGuessedFirst_IsRefused(string password, string words) =>
        Assert.Contains(words, await ProblemAsync(password), StringComparison.Ordinal);

    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("another password")]
    [InlineData("k2m9x-qqr5t-8hn3p-wz7yu")]
    [InlineData("adamantium wings")]
    [InlineData("sunshine on a rainy day")]
    [InlineData("4071946528")]
    [InlineData("смешной чайник")]
    public async Task Password_ThatIsLongAndItsOwn_IsAccepted(string password) => Assert.Equal("", await ProblemAsync(password));

    [Fact]
    public async Task Password_Generated_IsAccepted()
    {
        for (var i = 0; i < 100; i++) Assert.Equal("", await ProblemAsync(Tokenfall.Server.Accounts.GeneratedPassword.Create()));
    }

    private static async Task<string> ProblemAsync(string password) => string.Concat(
        (await new PasswordRules().ValidateAsync(null!, new IdentityUser { Email = "ada@lovelace.example" }, password)).Errors.Select(error => error.Description));
}
