using System.Diagnostics.CodeAnalysis;

namespace Tokenfall;

/// <summary>Finds, renames and deletes stored conversations. Runs write them: with <see cref="IRunJournal.CreateAsync"/> and <see cref="IRunJournal.AppendAsync"/>.</summary>
/// <remarks>Implementations are shared and must be thread-safe. A conversation of someone else looks like one that does not exist.</remarks>
[Experimental(Seam.DiagnosticId)]
public interface IConversationStore
{
    /// <summary>Lists an owner's conversations, newest first.</summary>
    /// <param name="owner">The principal that asks.</param>
    /// <param name="search">Words to find in titles and texts, each from its beginning; null lists all.</param>
    /// <param name="after">The <see cref="ConversationPage.Next"/> of the page before; null begins with the newest.</param>
    /// <param name="limit">The most to return.</param>
    /// <param name="cancellationToken">Cancelled when the caller disconnects.</param>
    /// <returns>The conversations.</returns>
    ValueTask<ConversationPage> ListAsync(string owner, string? search, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>Finds a conversation.</summary>
    /// <param name="owner">The principal that asks.</param>
    /// <param name="conversation">The conversation's id.</param>
    /// <param name="cancellationToken">Cancelled when the caller disconnects.</param>
    /// <returns>The conversation; null if there is none.</returns>
    ValueTask<Conversation?> FindAsync(string owner, string conversation, CancellationToken cancellationToken);

    /// <summary>Reads all messages of a conversation, of all branches, in the order in which they were written.</summary>
    /// <param name="owner">The principal that asks.</param>
    /// <param name="conversation">The conversation's id.</param>
    /// <param name="cancellationToken">Cancelled when the caller disconnects.</param>
    /// <returns>The messages; none if there is no such conversation.</returns>
    ValueTask<IReadOnlyList<ConversationMessage>> ReadAsync(string owner, string conversation, CancellationToken cancellationToken);

    /// <summary>Stores a conversation that was kept elsewhere, unless one with its id exists.</summary>
    /// <param name="owner">The principal it will belong to.</param>
    /// <param name="conversation">The conversation.</param>
    /// <param name="messages">Its messages, each after its parent; all have their parts.</param>
    /// <param name="cancellationToken">Cancelled when the caller disconnects.</param>
    /// <returns>True if it is stored, false if the owner has one with this id already.</returns>
    /// <exception cref="ConversationConflictException">The id belongs to someone else's.</exception>
    ValueTask<bool> ImportAsync(string owner, Conversation conversation, IReadOnlyList<ConversationMessage> messages, CancellationToken cancellationToken);

    /// <summary>Changes the title.</summary>
    /// <param name="owner">The principal that asks.</param>
    /// <param name="conversation">The conversation's id.</param>
    /// <param name="title">The new title.</param>
    /// <param name="cancellationToken">Cancelled when the caller disconnects.</param>
    /// <returns>False if there is no such conversation.</returns>
    ValueTask<bool> RenameAsync(string owner, string conversation, string title, CancellationToken cancellationToken);

    /// <summary>Deletes a conversation, or all of the owner's: messages, and the records and logs of their runs.</summary>
    /// <param name="owner">The principal that asks.</param>
    /// <param name="conversation">The conversation's id; null deletes all.</param>
    /// <param name="cancellationToken">Cancelled when the caller disconnects; what is deleted by then stays deleted.</param>
    /// <returns>The runs that wrote in them; none if nothing was deleted. What they write later is ignored.</returns>
    ValueTask<ConversationDeletion> DeleteAsync(string owner, string? conversation, CancellationToken cancellationToken);

    /// <summary>Deletes all that is stored of an owner: conversations, and the records and logs of all runs.</summary>
    /// <param name="owner">The principal.</param>
    /// <param name="cancellationToken">Cancels the call; what is deleted by then stays deleted.</param>
    /// <returns>What was deleted.</returns>
    ValueTask<ErasedRecords> EraseAsync(string owner, CancellationToken cancellationToken);

    /// <summary>Returns whether an exception says that the store cannot be used now, so that the same call may succeed later.</summary>
    /// <param name="failure">What a call has thrown.</param>
    /// <returns>True if the database or its disk is the cause.</returns>
    bool IsStoreFailure(Exception failure);
}
