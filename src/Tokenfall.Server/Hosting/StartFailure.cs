using Microsoft.Extensions.Options;
using Tokenfall.Server.Accounts;
using Tokenfall.Server.Configuration;

namespace Tokenfall.Server.Hosting;

/// <summary>Tells failures that the operator can fix from bugs.</summary>
internal static class StartFailure
{
    /// <summary>The message for the console, or <see langword="null"/> for a bug, which needs its stack trace.</summary>
    public static string? MessageOf(Exception e) => e switch
    {
        StartupException => InOneLine(e.Message),
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures.Select(InOneLine)),
        AggregateException many when many.InnerExceptions.All(inner => MessageOf(inner) is not null) =>
            string.Join(Environment.NewLine, many.InnerExceptions.Select(MessageOf)),
        // A setting of the wrong form, such as an invalid duration; the message names it.
        InvalidOperationException { InnerException: FormatException or OverflowException or ArgumentException } => InOneLine(e.Message),
        _ => null,
    };

    // It repeats what the setting has, which may be anything.
    private static string InOneLine(string message) => VisibleName.Show(message);
}
