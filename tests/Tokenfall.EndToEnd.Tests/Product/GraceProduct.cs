namespace Tokenfall.EndToEnd.Tests.Product;

/// <summary>The whole path with a grace short enough to wait for.</summary>
public sealed class GraceProduct() : WholeProduct(TimeProvider.System, ("Tokenfall__Grace", Grace.ToString()))
{
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);
}
