namespace Tokenfall.Cli.Terminal;

/// <summary>The look of report pages, light or dark as the reader's system is set.</summary>
internal static class ReportStyle
{
    public const string Css = """

        :root { color-scheme: light dark; --paper: #fbfbfa; --card: #fff; --ink: #1d2228; --quiet: #646c76; --line: #e2e4e7; --live: #0f7a4f; --late: #c0392b; --warn: #a16207; --note: #64748b; }
        @media (prefers-color-scheme: dark) { :root { --paper: #14171a; --card: #1c2024; --ink: #e6e8ea; --quiet: #98a1ab; --line: #31373d; --live: #4cc38a; --late: #ff8074; --warn: #e2b03f; --note: #94a3b8; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 62rem; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
        h1 { margin: .25rem 0 0; font-size: 1.6rem; line-height: 1.2; overflow-wrap: anywhere; }
        h2 { margin: 0; font-size: 1.1rem; overflow-wrap: anywhere; }
        p { margin: .35rem 0; max-width: 46rem; }
        .quiet, .where { color: var(--quiet); font-size: .9rem; }
        .verdict { display: inline-block; margin: 0; padding: .15rem .7rem; border-radius: 1rem; color: #fff; font-weight: 600; font-size: .9rem; background: var(--live); }
        .verdict.late { background: var(--late); }
        @media (prefers-color-scheme: dark) { .verdict { color: #14171a; } }
        section { margin-top: 1.25rem; padding: 1.1rem 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; }
        .finding { border-left: .3rem solid var(--late); }
        .finding.warning { border-left-color: var(--warn); }
        .finding.note { border-left-color: var(--note); }
        code, pre { font: .85rem/1.5 ui-monospace, monospace; }
        h2 code { color: var(--quiet); font-weight: 400; }
        ul { margin: .5rem 0; padding-left: 1.2rem; font-size: .9rem; }
        summary { cursor: pointer; color: var(--quiet); font-size: .9rem; }
        dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .3rem 1rem; margin: .6rem 0 0; align-items: baseline; }
        dt { font-size: .9rem; color: var(--quiet); }
        dd { margin: 0; }
        pre { margin: 0; padding: .35rem .6rem; background: var(--paper); border: 1px solid var(--line); border-radius: .35rem; white-space: pre-wrap; overflow-wrap: anywhere; }
        table { width: 100%; border-collapse: collapse; margin-top: .5rem; font-size: .85rem; }
        th, td { padding: .15rem .5rem .15rem 0; text-align: left; font-weight: 400; vertical-align: middle; }
        th, td:last-child { white-space: nowrap; }
        td:last-child { padding-right: 0; color: var(--state); }
        td:nth-child(2) { width: 100%; }
        tr.live { --state: var(--live); }
        tr.late { --state: var(--late); }
        svg { display: block; width: 100%; height: auto; }
        .rail { fill: none; stroke: var(--line); }
        .way { stroke: var(--state); opacity: .35; }
        .sent { fill: var(--quiet); }
        .here { fill: var(--state); }
        .beat { stroke: var(--quiet); }
        .cut { stroke: var(--late); stroke-width: 2.5; fill: none; }
        @media (max-width: 40rem) { tr { display: block; margin-bottom: .6rem; } th, td { display: inline-block; } td:nth-child(2) { display: block; } dl { grid-template-columns: 1fr; } }
        @media print { body { padding: 0; } section { break-inside: avoid; } }

        """;
}
