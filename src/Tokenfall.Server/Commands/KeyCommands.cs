using System.Globalization;
using Tokenfall.Server.Configuration;
using Tokenfall.Server.Keys;

namespace Tokenfall.Server.Commands;

/// <summary><c>key add | list | remove</c>.</summary>
internal sealed class KeyCommands(ApiKeyStore keys, AccountCommands accounts)
{
    public async Task<int> AddAsync(string name, string email)
    {
        if (name.Length is 0 or > ApiKeyStore.MaxName)
            throw new StartupException($"Give the key a name of 1 to {ApiKeyStore.MaxName} characters.");
        var account = await accounts.FindAsync(email);
        var (_, secret) = await keys.AddAsync(account.Id, name);
        // The key alone on standard output, so that a script can take it from there.
        Console.Error.WriteLine("This key is shown once. Send it as \"Authorization: Bearer KEY\".");
        Console.WriteLine(secret);
        return 0;
    }

    public async Task<int> ListAsync()
    {
        foreach (var key in await keys.ListAsync())
            Console.WriteLine($"{key.Id}\t{key.Name}\t{key.Account?.Email}\ttfk_...{key.Hint}\t{key.CreatedAt:yyyy-MM-dd}");
        return 0;
    }

    public async Task<int> RemoveAsync(string id)
    {
        if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !await keys.RemoveAsync(number))
            throw new StartupException($"There is no key {id}. \"key list\" shows those there are, with their numbers.");
        Console.WriteLine($"Key {number} is removed. It no longer works.");
        return 0;
    }
}
