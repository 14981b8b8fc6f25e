namespace Tokenfall;

/// <summary>A store cannot be brought to the version that this code needs: a later version has taken it, its server is too old, or the upgrade failed.</summary>
public sealed class StoreUpgradeException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    /// <param name="innerException">Why an upgrade failed; null if none was tried.</param>
    public StoreUpgradeException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
