using Tokenfall;

namespace Snippets.Recipes.Operations;

// snippet: ledger
#pragma warning disable TOKENFALL001 // The interface may still change.
public sealed class Billing(IAccountBook book) : IUsageLedger
{
    public async ValueTask<Reservation> ReserveAsync(Run run, TokenUsage estimate, CancellationToken cancellationToken)
    {
        if (!await book.HasCreditAsync(run.Owner, cancellationToken))
            throw new AdmissionException(AdmissionRejection.BudgetExceeded);
        return new Reservation(run.Id, run.Owner, estimate);
    }

    public async ValueTask SettleAsync(Reservation reservation, RunEnd outcome, CancellationToken cancellationToken)
    {
        // A model that reports no usage leaves that of a complete answer unknown. Four characters come to about one token.
        var hasText = outcome.Chars > 0;
        var input = outcome.Usage.TotalInputTokens ?? (hasText ? reservation.Estimate.TotalInputTokens : 0) ?? 0;
        var output = outcome.Usage.TotalOutputTokens ?? (outcome.Chars + 3) / 4;
        await book.ChargeAsync(
            reservation.Owner, outcome.Model, input, output, isEstimate: outcome.Quality != UsageQuality.Measured, cancellationToken);
    }
}
#pragma warning restore TOKENFALL001
// end snippet

public interface IAccountBook
{
    Task<bool> HasCreditAsync(string owner, CancellationToken cancellationToken);

    Task ChargeAsync(string owner, string? model, long inputTokens, long outputTokens, bool isEstimate, CancellationToken cancellationToken);
}

public static class ChargedAnswers
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        // snippet: add-ledger
        builder.Services.AddSingleton<IUsageLedger, Billing>();
        builder.Services.AddTokenfall().AddDemo();
        // end snippet
        var app = builder.Build();
        app.MapTokenfall("/ask/stream");
        return app;
    }
}
