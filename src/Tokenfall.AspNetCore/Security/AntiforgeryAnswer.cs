namespace Tokenfall.AspNetCore;

/// <summary>What a page needs to call as its signed-in user.</summary>
/// <param name="Token">The antiforgery token of this session. It changes when the user signs in or out.</param>
/// <param name="Header">The header to send it in.</param>
internal sealed record AntiforgeryAnswer(string Token, string Header);
