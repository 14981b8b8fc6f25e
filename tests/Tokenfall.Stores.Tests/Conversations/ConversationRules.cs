namespace Tokenfall.Stores.Tests;

/// <summary>What every store of conversations does, whatever it stores in.</summary>
public abstract class ConversationRules
{
    private static readonly RunEnd Done = new() { Status = RunStatus.Done, StopReason = "end_turn", Model = "fake" };

    private long _clock = 1_790_000_000_000;

    private protected abstract IRunJournal Journal { get; }

    private protected abstract IConversationStore Store { get; }

    /// <summary>From now on, <see cref="Journal"/> and <see cref="Store"/> are those of the next process; this one is gone.</summary>
    private protected abstract Task RestartAsync();

    [Fact]
    public async Task FirstQuestion_MakesAConversation_WithItsBeginningAsTitle()
    {
        var turn = Turn("What is a\nwaterfall?");

        var run = await AskAsync("ann", turn);

        var conversation = await FindAsync("ann", turn.Conversation);
        Assert.Equal("What is a waterfall?", conversation!.Title);
        var messages = await ReadAsync("ann", turn.Conversation);
        Assert.Equal([(turn.Question, null, false), (run.ToString(), turn.Question, true)], messages.Select(message => (message.Id, message.Parent, message.IsAnswer)));
        Assert.Equal(("""[{"type":"text","text":"What is a\nwaterfall?"}]""", null, "/ask/stream"), (messages[0].Parts, messages[1].Parts, messages[1].Scope));
    }

    [Fact]
    public async Task Answer_IsStoredWithTheRunsEnd()
    {
        var turn = Turn("q");
        var run = await AskAsync("ann", turn);

        await EndAsync(run, "the answer");

        var answer = (await ReadAsync("ann", turn.Conversation))[1];
        Assert.Equal(("""[{"type":"text","text":"the answer"}]""", Done), (answer.Parts, answer.End));
    }

    [Fact]
    public async Task Answer_OfARunWhoseProcessDied_IsStoredAsFarAsItsLog()
    {
        var turn = Turn("q");
        var run = await AskAsync("ann", turn);
        await Journal.AppendAsync([new RunSegment(run, 2, [new RunSegmentEvent(EventKind.Text, 0, 4)], "half"u8.ToArray())], CancellationToken.None);
        await RestartAsync();

        using var next = new RunManager(Microsoft.Extensions.Options.Options.Create(new TokenfallOptions()), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<RunManager>.Instance, journal: Journal);
        await next.RecoverAsync(CancellationToken.None);

        var answer = (await ReadAsync("ann", turn.Conversation))[1];
        Assert.Contains("half", answer.Parts, StringComparison.Ordinal);
        Assert.Equal(ErrorCode.Interrupted, answer.End?.Error?.Code);
    }

    [Fact]
    public async Task OddText_IsReadAsItWas()
    {
        const string Odd = "a\0bc\u001A0000😀é";
        var turn = new ConversationTurn(Odd + "1", Odd + "2") { Text = "a\0b 😀 word" };
        var run = await Journal.CreateAsync(Record(Odd, turn), CancellationToken.None);
        await EndAsync(run, "answer");
        await Store.RenameAsync(Odd, turn.Conversation, Odd + "3", CancellationToken.None);

        Assert.Equal(Odd + "3", (await FindAsync(Odd, turn.Conversation))!.Title);
        Assert.Equal([turn.Question, run.ToString()], (await ReadAsync(Odd, turn.Conversation)).Select(message => message.Id));
        Assert.Single((await ListAsync(Odd, "word")).Conversations);
        Assert.Equal(new ErasedRecords(1, 2, 1), await Store.EraseAsync(Odd, CancellationToken.None));
    }

    [Fact]
    public async Task Answer_IsStoredOnce_TheFirstCounts()
    {
        var turn = Turn("q");
        var run = await AskAsync("ann", turn);
        await EndAsync(run, "whole");

        await EndAsync(run, "half");

        Assert.Contains("whole", (await ReadAsync("ann", turn.Conversation))[1].Parts, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_IsStored_AlsoWhenTheLogIsLost()
    {
        var turn = Turn("q");
        var run = await AskAsync("ann", turn);

        await Journal.AppendAsync([new RunSegment(run, 2, [], default) { Answer = Answer("whole") }], CancellationToken.None);

        Assert.Contains("whole", (await ReadAsync("ann", turn.Conversation))[1].Parts, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecondQuestion_FollowsTheAnswer()
    {
        var first = Turn("one");
        var run = await AskAsync("ann", first);
        await EndAsync(run, "a");
        var second = new ConversationTurn(first.Conversation, Id()) { Text = "two", Parent = run.ToString() };

        await AskAsync("ann", second);

        var messages = await ReadAsync("ann", first.Conversation);
        Assert.Equal(4, messages.Count);
        Assert.Equal(run.ToString(), messages[2].Parent);
        Assert.Equal("one", (await FindAsync("ann", first.Conversation))!.Title);
    }

    [Fact]
    public async Task QuestionBesideAnother_IsABranch()
    {
        var first = Turn("one");
        await AskAsync("ann", first);
        var edited = first with { Question = Id(), Text = "one, edited" };

        await AskAsync("ann", edited);

        Assert.Equal([null, null], (await ReadAsync("ann", first.Conversation)).Where(message => !message.IsAnswer).Select(message => message.Parent));
    }

    [Fact]
    public async Task AnotherAnswer_ToAStoredQuestion_IsABranch()
    {
        var first = Turn("one");
        await AskAsync("ann", first);

        var again = await AskAsync("ann", first with { Text = null });

        var answers = (await ReadAsync("ann", first.Conversation)).Where(message => message.IsAnswer).ToList();
        Assert.Equal([first.Question, first.Question], answers.Select(message => message.Parent));
        Assert.Equal(again.ToString(), answers[1].Id);
    }

    [Theory]
    [InlineData("parent")]
    [InlineData("question as parent")]
    [InlineData("question")]
    [InlineData("same id")]
    [InlineData("someone else's")]
    [InlineData("parent in a new conversation")]
    public async Task TurnThatDoesNotFit_IsAConflict_AndStoresNothing(string what)
    {
        var first = Turn("one");
        await AskAsync("ann", first);
        var turn = what switch
        {
            "parent" => first with { Question = Id(), Parent = Id() },
            "question as parent" => first with { Question = Id(), Parent = first.Question },
            "question" => first with { Question = Id(), Text = null },
            "parent in a new conversation" => Turn("new") with { Parent = Id() },
            _ => first,
        };
        var record = Record(what == "someone else's" ? "eve" : "ann", turn);

        await Assert.ThrowsAsync<ConversationConflictException>(async () => await Journal.CreateAsync(record, CancellationToken.None));

        Assert.Null(await Journal.FindAsync(record.Id, CancellationToken.None));
        Assert.Equal(2, (await ReadAsync("ann", first.Conversation)).Count);
    }

    [Fact]
    public async Task RepeatedStart_WithItsKey_AddsNothing()
    {
        var turn = Turn("one");
        var key = new IdempotencyKey("k", "print");
        var first = await Journal.CreateAsync(Record("ann", turn) with { Key = key }, CancellationToken.None);

        var second = await Journal.CreateAsync(Record("ann", turn) with { Key = key }, CancellationToken.None);

        Assert.Equal(first, second);
        Assert.Equal(2, (await ReadAsync("ann", turn.Conversation)).Count);
    }

    [Fact]
    public async Task Conversations_OfSomeoneElse_AreNotThere()
    {
        var turn = Turn("one");
        await AskAsync("ann", turn);

        Assert.Null(await FindAsync("eve", turn.Conversation));
        Assert.Empty(await ReadAsync("eve", turn.Conversation));
        Assert.Empty((await ListAsync("eve")).Conversations);
        Assert.False(await Store.RenameAsync("eve", turn.Conversation, "mine", CancellationToken.None));
        Assert.Equal(0, (await Store.DeleteAsync("eve", turn.Conversation, CancellationToken.None)).Conversations);
        Assert.NotNull(await FindAsync("ann", turn.Conversation));
    }

    [Fact]
    public async Task List_IsNewestFirst_InPages()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            var turn = Turn($"question {i}");
            await AskAsync("ann", turn);
            ids.Insert(0, turn.Conversation);
        }

        var first = await ListAsync("ann", limit: 2);
        var second = await ListAsync("ann", limit: 2, after: first.Next);
        var third = await ListAsync("ann", limit: 2, after: second.Next);

        Assert.Equal(ids, first.Conversations.Concat(second.Conversations).Concat(third.Conversations).Select(one => one.Id));
        Assert.Null(third.Next);
    }

    [Fact]
    public async Task List_OfOneMoment_LosesNone()
    {
        for (var i = 0; i < 5; i++) await Journal.CreateAsync(Record("ann", Turn("q"), at: 1_790_000_000_000), CancellationToken.None);

        var first = await ListAsync("ann", limit: 3);
        var second = await ListAsync("ann", limit: 3, after: first.Next);

        Assert.Equal(5, first.Conversations.Concat(second.Conversations).Select(one => one.Id).Distinct().Count());
    }

    [Fact]
    public async Task Asking_MovesAConversationToTheTop()
    {
        var old = Turn("old");
        await AskAsync("ann", old);
        await AskAsync("ann", Turn("new"));

        await AskAsync("ann", old with { Question = Id(), Text = "again" });

        Assert.Equal(old.Conversation, (await ListAsync("ann")).Conversations[0].Id);
    }

    [Theory]
    [InlineData("wasserfall", true)]
    [InlineData("WASSER", true)]
    [InlineData("schön", true)]
    [InlineData("schon", true)]
    [InlineData("water cold", true)]
    [InlineData("cold warm", false)]
    [InlineData("fall", false)]
    [InlineData("vodopad", false)]
    [InlineData("\"*(:-", false)]
    [InlineData("AND OR NOT", false)]
    [InlineData("привет", true)]
    public async Task Search_FindsWordsFromTheirBeginning_InTitlesAndTexts(string search, bool isFound)
    {
        var turn = Turn("Ein schöner Wasserfall");
        var run = await AskAsync("ann", turn);
        await EndAsync(run, "Cold water. Привет!");
        await AskAsync("ann", Turn("something else"));

        var found = (await ListAsync("ann", search)).Conversations;

        Assert.Equal(isFound ? [turn.Conversation] : [], found.Select(one => one.Id));
    }

    [Fact]
    public async Task Rename_IsFoundByTheNewTitleOnly()
    {
        var turn = Turn("q");
        await AskAsync("ann", turn);
        await Store.RenameAsync("ann", turn.Conversation, "Alpha", CancellationToken.None);

        Assert.True(await Store.RenameAsync("ann", turn.Conversation, "Beta", CancellationToken.None));

        Assert.Equal("Beta", (await FindAsync("ann", turn.Conversation))!.Title);
        Assert.Empty((await ListAsync("ann", "alpha")).Conversations);
        Assert.Single((await ListAsync("ann", "beta")).Conversations);
    }

    [Fact]
    public async Task Import_StoresAWholeConversation_Once()
    {
        var (conversation, messages) = Kept("kept elsewhere");

        Assert.True(await Store.ImportAsync("ann", conversation, messages, CancellationToken.None));
        Assert.False(await Store.ImportAsync("ann", conversation, messages, CancellationToken.None));

        Assert.Equal(conversation, await FindAsync("ann", conversation.Id));
        Assert.Equal(messages, await ReadAsync("ann", conversation.Id));
        Assert.Single((await ListAsync("ann", "kept")).Conversations);
        Assert.Single((await ListAsync("ann", "answered")).Conversations);
    }

    [Fact]
    public async Task Import_UnderSomeoneElsesId_IsAConflict()
    {
        var (conversation, messages) = Kept("mine");
        await Store.ImportAsync("ann", conversation, messages, CancellationToken.None);

        await Assert.ThrowsAsync<ConversationConflictException>(async () => await Store.ImportAsync("eve", conversation, messages, CancellationToken.None));
    }

    [Fact]
    public async Task Delete_TakesMessagesAndLogs_AndLeavesOthers()
    {
        var turn = Turn("q");
        var run = await AskAsync("ann", turn);
        await EndAsync(run, "answer");
        var other = Turn("other");
        await AskAsync("ann", other);

        var deleted = await Store.DeleteAsync("ann", turn.Conversation, CancellationToken.None);

        Assert.Equal((1, run), (deleted.Conversations, Assert.Single(deleted.Runs)));
        Assert.Null(await FindAsync("ann", turn.Conversation));
        Assert.Null(await Journal.FindAsync(run, CancellationToken.None));
        Assert.Empty((await ListAsync("ann", "answer")).Conversations);
        Assert.Equal(2, (await ReadAsync("ann", other.Conversation)).Count);
    }

    [Fact]
    public async Task DeleteAll_TakesTheOwners()
    {
        await AskAsync("ann", Turn("a"));
        await AskAsync("ann", Turn("b"));
        await AskAsync("bob", Turn("c"));

        Assert.Equal(2, (await Store.DeleteAsync("ann", null, CancellationToken.None)).Conversations);

        Assert.Empty((await ListAsync("ann")).Conversations);
        Assert.Single((await ListAsync("bob")).Conversations);
    }

    [Fact]
    public async Task Erase_TakesAllOfAnOwner_AlsoRunsWithoutAConversation()
    {
        var turn = Turn("q");
        var run = await AskAsync("ann", turn);
        await EndAsync(run, "answer");
        var loose = await Journal.CreateAsync(Record("ann", turn) with { Turn = null, Key = new IdempotencyKey("k", "print") }, CancellationToken.None);
        var other = await AskAsync("bob", Turn("other"));

        Assert.Equal(new ErasedRecords(1, 2, 2), await Store.EraseAsync("ann", CancellationToken.None));

        Assert.Null(await Journal.FindAsync(loose, CancellationToken.None));
        Assert.Empty((await ListAsync("ann")).Conversations);
        Assert.NotNull(await Journal.FindAsync(other, CancellationToken.None));
        Assert.Equal(new ErasedRecords(0, 0, 0), await Store.EraseAsync("ann", CancellationToken.None));
    }

    [Fact]
    public async Task RunOfADeletedConversation_WritesNothingMore()
    {
        var turn = Turn("q");
        var run = await AskAsync("ann", turn);
        await Store.DeleteAsync("ann", turn.Conversation, CancellationToken.None);

        await EndAsync(run, "late");

        Assert.Empty(await ReadAsync("ann", turn.Conversation));
        Assert.Null(await Journal.FindAsync(run, CancellationToken.None));
        Assert.Empty((await ListAsync("ann", "late")).Conversations);
    }

    private static (Conversation, List<ConversationMessage>) Kept(string title)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(1_790_000_000_000);
        var question = new ConversationMessage(Id(), null, isAnswer: false, at) { Parts = """[{"type":"text","text":"asked"}]""" };
        var answer = new ConversationMessage(Id(), question.Id, isAnswer: true, at) { Parts = """[{"type":"text","text":"answered"}]""", End = Done };
        return (new Conversation(Id(), title, at, at), [question, answer]);
    }

    private protected static string Id() => RunId.New().ToString();

    private protected static ConversationTurn Turn(string text) => new(Id(), Id()) { Text = text };

    private protected RunRecord Record(string owner, ConversationTurn turn, long? at = null) =>
        new(RunId.New(), owner, "/ask/stream", "request", DateTimeOffset.FromUnixTimeMilliseconds(at ?? _clock++)) { Turn = turn };

    private protected async Task<RunId> AskAsync(string owner, ConversationTurn turn) => await Journal.CreateAsync(Record(owner, turn), CancellationToken.None);

    private protected async Task EndAsync(RunId run, string text) =>
        await Journal.AppendAsync([new RunSegment(run, 2, [new RunSegmentEvent(EventKind.Done, 0, 0)], default) { End = Done, Answer = Answer(text) }], CancellationToken.None);

    private static ConversationAnswer Answer(string text) => new($$"""[{"type":"text","text":"{{text}}"}]""", text, Done);

    private protected async Task<Conversation?> FindAsync(string owner, string id) => await Store.FindAsync(owner, id, CancellationToken.None);

    private protected async Task<IReadOnlyList<ConversationMessage>> ReadAsync(string owner, string id) => await Store.ReadAsync(owner, id, CancellationToken.None);

    private protected async Task<ConversationPage> ListAsync(string owner, string? search = null, string? after = null, int limit = 10) =>
        await Store.ListAsync(owner, search, after, limit, CancellationToken.None);
}
