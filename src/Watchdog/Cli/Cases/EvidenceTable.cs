using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Watchdog.Detectors.Findings;
using Watchdog.Ledger;

namespace Watchdog.Cli.Cases;

/// <summary>What speaks for and against a class, as it was frozen when the episode joined the case; strongest first.</summary>
internal static class EvidenceTable
{
    public static void Print(IAnsiConsole console, CaseEpisodeRecord episode, string headline)
    {
        console.WriteLine();
        var ended = episode.EndedAt is { } at ? $", ended {Screen.At(at)}" : ", going on";
        if (Read(episode.FindingJson) is not { } finding)
        {
            CasePage.Line(console, $"{episode.Class} since {Screen.At(episode.Onset)}{ended}: {episode.Reason} (its evidence cannot be read by this version; --json shows it)");
            return;
        }

        CasePage.Line(console, string.Create(CultureInfo.InvariantCulture,
            $"{episode.Class} since {Screen.At(episode.Onset)}{ended}: {Words(finding.Verdict)}, score {finding.Score:F2}.{(episode.Reason == headline ? "" : " " + finding.Reason)}"));
        var table = new Table().Border(TableBorder.Minimal).AddColumns("weight", "speaks", "family", "evidence");
        foreach (var piece in (finding.Evidence ?? []).OrderByDescending(piece => piece.Weight))
        {
            table.AddRow(
                piece.Weight.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture),
                piece.Decisive ? "for, decisive" : piece.Weight < 0 ? "against" : "for",
                JsonNamingPolicy.KebabCaseLower.ConvertName(piece.Family.ToString()), Screen.Cell(piece.Sentence));
        }

        console.Write(table);
    }

    private static string Words(Verdict verdict) => verdict switch
    {
        Verdict.CannotTell => "cannot tell",
        Verdict.Clear => "clear",
        Verdict.Suspicion => "suspicion",
        _ => "confirmed",
    };

    private static Finding? Read(string json)
    {
        try
        {
            return LedgerJson.Read<Finding>(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
