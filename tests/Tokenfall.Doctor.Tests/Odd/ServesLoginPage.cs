using Microsoft.AspNetCore.Http;

namespace Tokenfall.Doctor.Tests.Odd;

/// <summary>Answers everybody with its own sign-in form and status 200, as single sign-on gateways do.</summary>
internal sealed class ServesLoginPage : Habit
{
    public override async Task<bool> AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(
            "<!doctype html><title>Sign in</title><form method=post><input name=user><input name=password type=password></form>");
        return true;
    }
}
