namespace Tokenfall.Doctor.Tests.Wire;

/// <summary>How a reader speaks to the outermost hop.</summary>
internal enum Connection
{
    Http1,
    Http1Tls,
    Http2Tls,
}
