using System.Net.Http.Json;
using Tokenfall.Attacks.Floods;

namespace Tokenfall.Attacks.Soak.Actions;

/// <summary>Signs in, makes and lists keys, and signs out; or tries as somebody who does not exist.</summary>
internal sealed class SignInAction : ISoakAction
{
    public int Weight => 2;

    public async Task RunAsync(SoakWorld world, Random random)
    {
        if (random.Next(2) == 0)
        {
            using var wrong = (await Antiforgery.GetAsync(world.Caller)).Post("/account/sign-in");
            wrong.Content = JsonContent.Create(new { email = $"nobody{random.Next(1000)}@example.com", password = "wrong and wrong" });
            world.Count($"wrong sign-in {await world.Caller.SendAsync(wrong, CancellationToken.None)}");
            return;
        }
        var session = await Antiforgery.SignInAsync(world.Caller);
        using var make = session.Post("/account/keys");
        make.Content = JsonContent.Create(new { name = "soak" });
        using var made = await world.Caller.Http.SendAsync(make);
        world.Count($"key {(int)made.StatusCode}");
        if (made.Headers.Location is { } key)
        {
            using var revoke = session.With(HttpMethod.Delete, key.ToString());
            world.Count($"revoke {await world.Caller.SendAsync(revoke, CancellationToken.None)}");
        }
        using var leave = session.Post("/account/sign-out");
        world.Count($"sign-out {await world.Caller.SendAsync(leave, CancellationToken.None)}");
    }
}
