using System.CommandLine;
using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Tokenfall.Server.Accounts;
using Tokenfall.Server.Configuration;
using Tokenfall.Server.Hosting;
using Tokenfall.Server.Keys;

namespace Tokenfall.Server.Commands;

/// <summary><c>key add | list | remove</c>.</summary>
internal sealed class KeyCommands(ApiKeyStore keys, AccountCommands accounts)
{
    /// <summary>Describes the commands to the command line.</summary>
    /// <param name="settings">Configuration from the command line.</param>
    public static Command Create(string[] settings)
    {
        var name = new Argument<string>("name") { Description = "A name to recognize the key by" };
        var account = new Option<string>("--account") { Description = "The e-mail address of the account that the key acts as", HelpName = "email", Required = true };
        var add = new Command("add", "Add an API key; it is shown once") { name, account };
        add.SetAction((args, _) => ServerHost.RunCommandAsync<KeyCommands>(settings, keys => keys.AddAsync(args.GetRequiredValue(name), args.GetRequiredValue(account))));
        var list = new Command("list", "List the API keys");
        list.SetAction((_, _) => ServerHost.RunCommandAsync<KeyCommands>(settings, keys => keys.ListAsync()));
        var id = new Argument<string>("id") { Description = "The number of the key, as \"key list\" shows it" };
        var remove = new Command("remove", "Remove an API key") { id };
        remove.SetAction((args, _) => ServerHost.RunCommandAsync<KeyCommands>(settings, keys => keys.RemoveAsync(args.GetRequiredValue(id))));
        return new("key", "Manage the API keys that programs use") { add, list, remove };
    }

    public async Task<int> AddAsync(string name, string email)
    {
        var secret = await AddToAsync(await accounts.FindAsync(email), name);
        // The key alone on standard output, so that a script can take it from there.
        Console.Error.WriteLine("This key is shown once. Send it as \"Authorization: Bearer KEY\".");
        Console.WriteLine(secret);
        return 0;
    }

    private async Task<string> AddToAsync(IdentityUser account, string name)
    {
        try
        {
            return (await keys.AddAsync(account.Id, name)).Secret;
        }
        catch (ApiKeyRefusedException refused)
        {
            throw new StartupException(refused.Message, refused);
        }
    }

    public async Task<int> ListAsync()
    {
        foreach (var key in await keys.ListAsync())
            Console.WriteLine($"{key.Id}\t{VisibleName.Show(key.Name)}\t{VisibleName.Show(key.Account?.Email)}\ttfk_...{key.Hint}\t{key.CreatedAt:yyyy-MM-dd}");
        return 0;
    }

    public async Task<int> RemoveAsync(string id)
    {
        if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !await keys.RemoveAsync(number))
            throw new StartupException($"There is no key {id}. \"key list\" shows all keys and their numbers.");
        Console.WriteLine($"Key {number} was removed. It no longer works, and the answers that it started are stopped.");
        return 0;
    }
}
