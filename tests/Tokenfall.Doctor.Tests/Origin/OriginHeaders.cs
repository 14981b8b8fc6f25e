namespace Tokenfall.Doctor.Tests.Origin;

/// <summary>What an application says about its streams, beyond their content type.</summary>
[Flags]
internal enum OriginHeaders
{
    None = 0,

    /// <summary><c>X-Accel-Buffering: no</c></summary>
    NoBuffering = 1,

    /// <summary><c>Cache-Control: no-cache, no-transform</c> instead of <c>no-cache</c> alone.</summary>
    NoTransform = 2,

    /// <summary>What Tokenfall says.</summary>
    All = NoBuffering | NoTransform,
}
