using System.Security.Claims;

namespace Tokenfall.AspNetCore.Tests;

public sealed class CallerTests
{
    [Fact]
    public void OwnerOf_NotSignedIn_IsAnonymous() => Assert.Equal("anonymous", Caller.OwnerOf(new ClaimsPrincipal(new ClaimsIdentity())));

    [Theory]
    [InlineData(ClaimTypes.NameIdentifier)]
    [InlineData("sub")]
    [InlineData(ClaimTypes.Name)]
    public void OwnerOf_SignedIn_IsTheClaim(string claim) => Assert.Equal("ada", Caller.OwnerOf(SignedIn(new Claim(claim, "ada"))));

    [Fact]
    public void OwnerOf_SeveralClaims_IsTheOneThatNeverChanges() =>
        Assert.Equal("17", Caller.OwnerOf(SignedIn(new Claim(ClaimTypes.Name, "ada"), new Claim(ClaimTypes.NameIdentifier, "17"))));

    [Fact]
    public void OwnerOf_SignedInWithoutAName_SaysWhatIsMissing()
    {
        var refused = Assert.Throws<InvalidOperationException>(() => Caller.OwnerOf(SignedIn(new Claim("role", "x"))));

        Assert.Contains("NameIdentifier", refused.Message, StringComparison.Ordinal);
    }

    private static ClaimsPrincipal SignedIn(params Claim[] claims) => new(new ClaimsIdentity(claims, "test"));
}
