using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Tokenfall.AspNetCore;

/// <summary>A call that is being answered, and can be ended from outside.</summary>
internal sealed class ActiveCall(HttpContext context, ActiveCallers callers) : IDisposable
{
    private readonly Lock _lock = new();
    private RunReader? _reader;
    private bool _over;
    private bool _mayNotStart;

    /// <summary>The caller.</summary>
    public ClaimsPrincipal User { get; } = context.User;

    /// <summary>The reader whose response the call writes.</summary>
    public void Reads(RunReader reader)
    {
        lock (_lock)
        {
            _reader = reader;
            if (!_over) return;
        }
        reader.Close(willReturn: false);
    }

    /// <summary>Whether the run that it is about to start must not live.</summary>
    public bool MayNotStart
    {
        get { lock (_lock) return _mayNotStart; }
    }

    /// <summary>A run that it starts from now on is stopped at once: it may be between its checks and its run.</summary>
    public void ForbidStart()
    {
        lock (_lock) _mayNotStart = true;
    }

    /// <summary>Resets it.</summary>
    /// <returns>Whether it was open.</returns>
    public bool TryEnd()
    {
        // Under the lock: once disposed, the connection may serve another request, which must not be reset.
        lock (_lock)
        {
            if (_over) return false;
            _over = true;
            // Whatever it has promised, it is not let in again.
            _reader?.Close(willReturn: false);
            context.Abort();
            return true;
        }
    }

    public void Dispose()
    {
        lock (_lock) _over = true;
        callers.Remove(this);
    }
}
