using System.Security.Claims;

namespace Tokenfall.AspNetCore.Tests;

public sealed class CallerTests
{
    [Fact]
    public void OwnerOf_NotSignedIn_IsAnonymous() => Assert.Equal("anonymous", Caller.OwnerOf(new ClaimsPrincipal(new ClaimsIdentity())));

    [Theory]
    [InlineData(ClaimTypes.NameIdentifier, "id:LOCAL AUTHORITY:ada")]
    [InlineData("sub", "id:LOCAL AUTHORITY:ada")]
    [InlineData(ClaimTypes.Name, "name:LOCAL AUTHORITY:ada")]
    public void OwnerOf_SignedIn_IsTheClaimWithItsKindAndIssuer(string claim, string owner) => Assert.Equal(owner, Caller.OwnerOf(SignedIn(new Claim(claim, "ada"))));

    [Fact]
    public void OwnerOf_SomebodyCalledAnonymous_IsNotEverybody() =>
        Assert.NotEqual(Owner.Anonymous, Caller.OwnerOf(SignedIn(new Claim(ClaimTypes.NameIdentifier, "anonymous"))));

    [Fact]
    public void OwnerOf_TheSameSubjectOfTwoIssuers_IsTwoOwners() => Assert.NotEqual(
        Caller.OwnerOf(SignedIn(new Claim("sub", "7", null, "https://a.example"))), Caller.OwnerOf(SignedIn(new Claim("sub", "7", null, "https://b.example"))));

    [Fact]
    public void OwnerOf_SeveralClaims_IsTheOneThatNeverChanges() =>
        Assert.Equal("id:LOCAL AUTHORITY:17", Caller.OwnerOf(SignedIn(new Claim(ClaimTypes.Name, "ada"), new Claim(ClaimTypes.NameIdentifier, "17"))));

    [Fact]
    public void OwnerOf_SignedInWithoutAName_SaysWhatIsMissing()
    {
        var refused = Assert.Throws<RequestProblemException>(() => Caller.OwnerOf(SignedIn(new Claim("role", "x"))));

        Assert.Equal((403, "no_owner"), (refused.Problem.Status, refused.Problem.Code));
        Assert.Contains("NameIdentifier", refused.Problem.Detail, StringComparison.Ordinal);
    }

    private static ClaimsPrincipal SignedIn(params Claim[] claims) => new(new ClaimsIdentity(claims, "test"));

    [Fact]
    public void GetRunOwner_IsWhatTheEndpointsUse() =>
        Assert.Equal("id:LOCAL AUTHORITY:17", SignedIn(new Claim(ClaimTypes.NameIdentifier, "17")).GetRunOwner());

    [Fact]
    public void GetRunOwner_OfACallerWithoutAName_SaysWhatIsMissing() =>
        Assert.Contains("NameIdentifier", Assert.Throws<InvalidOperationException>(() => SignedIn(new Claim("role", "x")).GetRunOwner()).Message, StringComparison.Ordinal);
}
