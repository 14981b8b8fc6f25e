namespace Tokenfall.Attacks.Soak.Actions;

/// <summary>Asks, loses the connection after some tokens, and reads on, or never comes back.</summary>
internal sealed class CutAction : ISoakAction
{
    public int Weight => 30;

    public async Task RunAsync(SoakWorld world, Random random)
    {
        var check = new AnswerCheck { Wanted = random.Next(1, 50) };
        using var conversation = new Conversation(world, check);
        conversation.Ask();
        await conversation.ReachedAsync();
        await conversation.CutAsync();
        if (check.Run is null || random.Next(3) == 0)
        {
            conversation.Report("left");
            return;
        }
        conversation.Resume();
        await conversation.EndAsync();
        conversation.Report("read on");
    }
}
