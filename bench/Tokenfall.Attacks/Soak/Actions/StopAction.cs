namespace Tokenfall.Attacks.Soak.Actions;

/// <summary>Asks, and stops the answer after some tokens.</summary>
internal sealed class StopAction : ISoakAction
{
    public int Weight => 20;

    public async Task RunAsync(SoakWorld world, Random random)
    {
        var check = new AnswerCheck { Wanted = random.Next(1, 50) };
        using var question = new Question(world, check);
        question.Ask();
        await question.ReachedAsync();
        if (check.Run is not null) await question.StopAsync();
        await question.EndAsync();
        question.Report("stopped");
    }
}
