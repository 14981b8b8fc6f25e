using Microsoft.Extensions.Options;
using Tokenfall.Server.Configuration;

namespace Tokenfall.Server.Hosting;

/// <summary>Tells the failures that a person can mend from those that are faults of the program.</summary>
internal static class StartFailure
{
    /// <summary>What to say at the console, or <see langword="null"/> for a fault: that one wants its stack trace.</summary>
    public static string? Words(Exception e) => e switch
    {
        StartupException => e.Message,
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures),
        AggregateException many when many.InnerExceptions.All(inner => Words(inner) is not null) =>
            string.Join(Environment.NewLine, many.InnerExceptions.Select(Words)),
        // A setting of the wrong form, such as a duration that is none; the message names it.
        InvalidOperationException { InnerException: FormatException } => e.Message,
        _ => null,
    };
}
