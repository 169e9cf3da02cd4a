using System.Globalization;
using Spectre.Console;
using Watchdog.Detectors.Findings;
using Watchdog.Inventory;
using Watchdog.Sweeps.Explaining;

namespace Watchdog.Cli;

/// <summary>An explanation for people. Whatever a guest wrote loses its control characters here.</summary>
internal static class ExplainPage
{
    private const int Width = 48;
    private const int LongestLine = 400;

    public static void Print(Explanation of)
    {
        foreach (var line in Lines(of))
        {
            AnsiConsole.WriteLine(line);
        }
    }

    public static IEnumerable<string> Lines(Explanation of) => Unsafe(of).Select(line => BoundedText.Line(line, LongestLine));

    private static IEnumerable<string> Unsafe(Explanation of)
    {
        yield return $"{of.Subject}: {of.About}";
        yield return Invariant($"judged {of.At:yyyy-MM-dd HH:mm:ss} UTC by rules {of.RuleVersion}");
        yield return "";
        if (of.Findings.Count > 0)
        {
            var loudest = of.Findings[0];
            yield return Headline(loudest);
            yield return loudest.Verdict is Verdict.Clear or Verdict.CannotTell && loudest.Evidence.Count == 0 ? $"  {loudest.Reason}"
                : Invariant($"  {Weights.Prior:+0.0;-0.0}  before any evidence");
            foreach (var piece in loudest.Evidence.OrderByDescending(piece => piece.Weight))
            {
                yield return Invariant($"  {piece.Weight:+0.0;-0.0}  {piece.Sentence} [{piece.Code}, {piece.Family}{(piece.Decisive ? ", decisive" : "")}]");
            }

            foreach (var other in of.Findings.Skip(1))
            {
                yield return $"{Headline(other)}: {other.Reason}";
            }
        }
        else
        {
            yield return "not judged: too little of it is known.";
        }

        yield return "";
        foreach (var stage in of.Stages)
        {
            yield return $"{stage.Stage,-10} {stage.Outcome}{(stage.Reason.Length > 0 ? ": " : "")}{stage.Reason}";
        }

        foreach (var chart in of.Charts)
        {
            yield return Curve(chart, 3);
            yield return Curve(chart, 48);
        }
    }

    private static string Headline(Finding finding) => finding.Verdict == Verdict.CannotTell
        ? $"{Finding.NameOf(finding.Class)} cannot be told"
        : Invariant($"{Finding.NameOf(finding.Class)} {finding.Verdict.ToString().ToLowerInvariant()}, probability {finding.Score:0.000}");

    private static string Curve(Chart chart, int hours)
    {
        var points = Math.Min(chart.Values.Count, hours * 3600 / chart.PeriodSeconds);
        var tail = chart.Values.Skip(chart.Values.Count - points).ToList();
        var known = tail.Where(float.IsFinite).ToList();
        var range = known.Count == 0 ? "no data" : Invariant($"{known.Min():0.#} to {known.Max():0.#} {chart.Unit}");
        return $"{chart.Metric,-11} {hours,2} h  {Sparkline.Of(tail, Width, chart.Unit == "%" ? 100 : null).PadRight(Width)}  {range}";
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
