namespace Tokenfall.Tests;

public class ErrorCodeTests
{
    [Theory]
    [InlineData(ErrorCode.Internal, "internal")]
    [InlineData(ErrorCode.Overloaded, "overloaded")]
    [InlineData(ErrorCode.RateLimited, "rate_limited")]
    [InlineData(ErrorCode.UpstreamUnavailable, "upstream_unavailable")]
    [InlineData(ErrorCode.UpstreamTimeout, "upstream_timeout")]
    [InlineData(ErrorCode.Truncated, "truncated")]
    [InlineData(ErrorCode.InvalidRequest, "invalid_request")]
    [InlineData(ErrorCode.Interrupted, "interrupted")]
    [InlineData(ErrorCode.TooManyRuns, "too_many_runs")]
    [InlineData(ErrorCode.TooManyRunsOfOwner, "too_many_runs_of_owner")]
    [InlineData(ErrorCode.BudgetExceeded, "budget_exceeded")]
    [InlineData(ErrorCode.ModelUnpriced, "model_unpriced")]
    [InlineData(ErrorCode.StoreUnavailable, "store_unavailable")]
    public void ToWireName_EveryCode_HasItsOwn(ErrorCode code, string name) => Assert.Equal(name, code.ToWireName());

    [Fact]
    public void ToReaderMessage_EveryCode_HasItsOwn()
    {
        var messages = Enum.GetValues<ErrorCode>().Select(code => code.ToReaderMessage(retryable: true)).ToList();

        Assert.Equal(messages.Count, messages.Distinct().Count());
    }

    [Fact]
    public void ToReaderMessage_ThatWillNotHelpToRepeat_DoesNotAskForIt() =>
        Assert.DoesNotContain("Try again", ErrorCode.UpstreamUnavailable.ToReaderMessage(retryable: false), StringComparison.Ordinal);
}
