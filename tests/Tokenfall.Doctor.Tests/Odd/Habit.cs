using Microsoft.AspNetCore.Http;

namespace Tokenfall.Doctor.Tests.Odd;

/// <summary>What an otherwise honest relay does wrong.</summary>
internal abstract class Habit
{
    /// <summary>Answers in the application's place.</summary>
    /// <returns>Whether it did.</returns>
    public virtual Task<bool> AnswerAsync(HttpContext context) => Task.FromResult(false);

    /// <summary>Changes what the application sees.</summary>
    public virtual void Change(HttpRequestMessage request) { }

    /// <summary>Changes the headers that the reader sees.</summary>
    public virtual void Change(HttpResponse response) { }

    /// <summary>Passes the body on.</summary>
    public virtual async Task CopyAsync(Stream from, Stream to, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        for (int read; (read = await from.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            await to.FlushAsync(cancellationToken);
        }
    }
}
