namespace Tokenfall.Doctor.Tests.Odd;

/// <summary>Removes one header of the request.</summary>
internal sealed class StripsHeader(string name) : Habit
{
    public override void Change(HttpRequestMessage request) => request.Headers.Remove(name);
}
