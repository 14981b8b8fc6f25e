using System.Security.Claims;

namespace Tokenfall.AspNetCore.Tests;

public sealed class OwnerTests
{
    [Fact]
    public void Of_NotSignedIn_IsAnonymous() => Assert.Equal("anonymous", Owner.Of(new ClaimsPrincipal(new ClaimsIdentity())));

    [Theory]
    [InlineData(ClaimTypes.NameIdentifier)]
    [InlineData("sub")]
    [InlineData(ClaimTypes.Name)]
    public void Of_SignedIn_IsTheClaim(string claim) => Assert.Equal("ada", Owner.Of(SignedIn(new Claim(claim, "ada"))));

    [Fact]
    public void Of_SeveralClaims_IsTheOneThatNeverChanges() =>
        Assert.Equal("17", Owner.Of(SignedIn(new Claim(ClaimTypes.Name, "ada"), new Claim(ClaimTypes.NameIdentifier, "17"))));

    [Fact]
    public void Of_SignedInWithoutAName_SaysWhatIsMissing()
    {
        var refused = Assert.Throws<InvalidOperationException>(() => Owner.Of(SignedIn(new Claim("role", "x"))));

        Assert.Contains("NameIdentifier", refused.Message, StringComparison.Ordinal);
    }

    private static ClaimsPrincipal SignedIn(params Claim[] claims) => new(new ClaimsIdentity(claims, "test"));
}
