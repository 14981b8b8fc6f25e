using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Tokenfall.Server.Accounts;
using Tokenfall.Server.Store;

namespace Tokenfall.Server.Sessions;

/// <summary>
/// Keeps the sessions of signed-in people on the server, so that they can be ended here. The cookie carries only the secret that names its
/// session. Thread-safe.
/// </summary>
/// <remarks>
/// A request reads its session, with the account, in one query, and writes nothing: the cookie handler renews a session only once more
/// than half of its time has passed.
/// </remarks>
internal sealed class SessionStore(IServiceScopeFactory scopes, StoreWriter writer, IOptions<IdentityOptions> identity, TimeProvider time) : ITicketStore
{
    // More than anybody has browsers. The oldest one ends for the next.
    private const int MaxOfAccount = 100;

    /// <summary>Creates a session.</summary>
    /// <param name="ticket">The account that signs in, with its security stamp as it was when the password was checked.</param>
    /// <returns>The secret that names the session.</returns>
    public Task<string> StoreAsync(AuthenticationTicket ticket) => WriteAsync(async db =>
    {
        var now = time.GetUtcNow();
        await db.Sessions.Where(session => session.ExpiresAt <= now).ExecuteDeleteAsync();
        var account = ticket.Principal.FindFirstValue(ClaimTypes.NameIdentifier)!;
        var kept = db.Sessions.Where(session => session.AccountId == account).OrderByDescending(session => session.Id).Take(MaxOfAccount - 1).Select(session => session.Id);
        await db.Sessions.Where(session => session.AccountId == account && !kept.Contains(session.Id)).ExecuteDeleteAsync();
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        db.Sessions.Add(new Session
        {
            Hash = Hash(secret),
            AccountId = account,
            SecurityStamp = ticket.Principal.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType)!,
            IssuedAt = ticket.Properties.IssuedUtc ?? now,
            ExpiresAt = ticket.Properties.ExpiresUtc!.Value,
        });
        await db.SaveChangesAsync();
        return secret;
    });

    /// <summary>Renews a session that has not ended meanwhile.</summary>
    public Task RenewAsync(string key, AuthenticationTicket ticket) => WriteAsync(db => Named(db, key).ExecuteUpdateAsync(session => session
        .SetProperty(s => s.IssuedAt, ticket.Properties.IssuedUtc!.Value)
        .SetProperty(s => s.ExpiresAt, ticket.Properties.ExpiresUtc!.Value)));

    /// <summary>Finds a session with its account.</summary>
    /// <returns>Who is signed in; <see langword="null"/> when the session has ended.</returns>
    public Task<AuthenticationTicket?> RetrieveAsync(string key) => UseAsync(async db =>
        await Named(db, key).Valid(time.GetUtcNow()).AsNoTracking().Include(session => session.Account).SingleOrDefaultAsync() is { } session
            ? Ticket(session)
            : null);

    /// <summary>Ends a session.</summary>
    public Task RemoveAsync(string key) => WriteAsync(db => Named(db, key).ExecuteDeleteAsync());

    private static AuthenticationTicket Ticket(Session session) => new(
        CallerClaims.Principal(session.Account!, IdentityConstants.ApplicationScheme, CallerClaims.Session, session.Id),
        new AuthenticationProperties { IsPersistent = true, IssuedUtc = session.IssuedAt, ExpiresUtc = session.ExpiresAt },
        IdentityConstants.ApplicationScheme);

    private static IQueryable<Session> Named(TokenfallDb db, string key)
    {
        var hash = Hash(key);
        return db.Sessions.Where(session => session.Hash == hash);
    }

    // One round, as for a key: nobody can guess 256 random bits.
    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private Task<T> WriteAsync<T>(Func<TokenfallDb, Task<T>> work) => writer.RunAsync(() => UseAsync(work));

    private async Task<T> UseAsync<T>(Func<TokenfallDb, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TokenfallDb>());
    }
}
