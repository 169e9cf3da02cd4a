using System.Globalization;
using System.Text;

namespace Watchdog.Bench.Suites;

/// <summary>The suites as a Markdown page.</summary>
internal static class SuitesTable
{
    private const double Milli = 1e6;
    private const double Kibi = 1024;

    /// <summary>The page.</summary>
    public static string Write(IReadOnlyList<SuiteFigures> rows, int iterations, string machine)
    {
        var text = new StringBuilder();
        Line(text, $"# Reading, writing, asking\n");
        Line(text, $"Reproduce: `scripts/bench suites --iterations {iterations}`. BenchmarkDotNet in one process, {iterations} iterations of 200 ms each after two for warming up; the time is the wall's, and where other work shares the machine the least is nearest to a calm one. Allocation is of the managed heap of the client.\n");
        Line(text, $"{machine}\n");
        Section(text, rows, nameof(WireSuite), "## AWS's pages\n\nThrough the worker's own clients: the request is written and signed, the answer, which a simulated Region wrote once, comes from memory, is read, and is put in the worker's terms.");
        Section(text, rows, nameof(StoreSuite), "## Postgres, writing\n\nA private cluster with `watchdog`'s settings, each operation one transaction with its commit; every row changes.");
        Section(text, rows, nameof(BooksSuite), FormattableString.Invariant($"## Postgres, asking the uptime books\n\nBooks of {SuiteCluster.BookVms:N0} VMs over {SuiteCluster.Days} days, warm; `slo.md` has 150,000 VMs, and cold runs."));
        return text.ToString().TrimEnd() + "\n";
    }

    private static void Section(StringBuilder text, IReadOnlyList<SuiteFigures> rows, string suite, string head)
    {
        var own = rows.Where(row => row.Suite == suite).ToList();
        var perVm = own.Any(row => row.Vms > 0);
        Line(text, $"{head}\n");
        Line(text, $"| what | mean ms | least ms | deviation ms | allocated KiB |{(perVm ? " least µs a VM | allocated bytes a VM |" : "")}\n|---|---:|---:|---:|---:|{(perVm ? "---:|---:|" : "")}");
        foreach (var row in own)
        {
            Line(text, $"| {row.What} | {row.Mean / Milli:F2} | {row.Least / Milli:F2} | {row.Deviation / Milli:F2} | {row.Allocated / Kibi:N0} |{(perVm ? PerVm(row) : "")}");
        }

        text.Append('\n');
    }

    private static string PerVm(SuiteFigures row) => row.Vms == 0 ? " | |"
        : string.Create(CultureInfo.InvariantCulture, $" {row.Least / 1e3 / row.Vms:F1} | {(double)row.Allocated / row.Vms:N0} |");

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
