namespace Tokenfall.Attacks.Soak.Actions;

/// <summary>Asks, loses the connection after some tokens, and reads on, or never comes back.</summary>
internal sealed class CutAction : ISoakAction
{
    public int Weight => 30;

    public async Task RunAsync(SoakWorld world, Random random)
    {
        var check = new AnswerCheck { Wanted = random.Next(1, 50) };
        using var question = new Question(world, check);
        question.Ask();
        await question.ReachedAsync();
        await question.CutAsync();
        if (check.Run is null || random.Next(3) == 0)
        {
            question.Report("left");
            return;
        }
        question.Resume();
        await question.EndAsync();
        question.Report("read on");
    }
}
