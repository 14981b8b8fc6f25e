using Microsoft.AspNetCore.DataProtection;

namespace Tokenfall.Server.Store;

/// <summary>Whether the data-protection keys protect, and open what they protected.</summary>
internal static class KeyCheck
{
    public static bool Works(IDataProtectionProvider protection)
    {
        const string Probe = "ready-check";
        try
        {
            var protector = protection.CreateProtector(Probe);
            return protector.Unprotect(protector.Protect(Probe)) == Probe;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return false;
        }
    }
}
