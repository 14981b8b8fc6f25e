using System.Globalization;
using Spectre.Console;

namespace Tokenfall.Cli.Plan;

/// <summary>A plan as tables: each figure with the sentence that explains it.</summary>
internal static class PlanTable
{
    public static void Write(IAnsiConsole console, CapacityPlan plan)
    {
        foreach (var group in plan.Groups)
        {
            var table = new Table().RoundedBorder().ShowRowSeparators().Expand()
                .AddColumn(new TableColumn(Markup.Escape(group.Title)).Width(28))
                .AddColumn(new TableColumn("").RightAligned().Width(20).NoWrap())
                .AddColumn("Why");
            foreach (var figure in group.Figures)
                table.AddRow(Markup.Escape(figure.Title), $"[bold]{Number(figure.Value)}[/] {Markup.Escape(figure.Unit)}", Markup.Escape(figure.Why));
            console.Write(table);
        }
        console.WriteLine();
        console.MarkupLine("[bold]What to set[/]");
        foreach (var place in plan.Settings.GroupBy(setting => setting.Where))
        {
            console.WriteLine();
            console.WriteLine($"# {place.Key}");
            foreach (var setting in place)
            {
                console.MarkupLineInterpolated($"[green]{setting.Line}[/]");
                console.MarkupLineInterpolated($"[grey]    {setting.Why}[/]");
            }
        }
    }

    private static string Number(double value) =>
        value.ToString(value != Math.Floor(value) ? value < 0.1 ? "0.#####" : "#,0.##" : "N0", CultureInfo.InvariantCulture);
}
