namespace Tokenfall.Attacks.Soak.Actions;

/// <summary>Asks, and reads to the end.</summary>
internal sealed class ReadAction : ISoakAction
{
    public int Weight => 30;

    public async Task RunAsync(SoakWorld world, Random random)
    {
        using var question = new Question(world, new AnswerCheck());
        question.Ask();
        await question.EndAsync();
        question.Report("read");
    }
}
