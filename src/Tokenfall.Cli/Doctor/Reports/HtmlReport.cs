namespace Tokenfall.Cli.Doctor.Reports;

internal static class HtmlReport
{
    public static string Of(Diagnosed diagnosed) => "";
}
