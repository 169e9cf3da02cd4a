using System.Text.Json;
using Watchdog.Ledger;
using Watchdog.Policy.Bulks;

namespace Watchdog.Reports.Api.Shapes;

/// <summary>How far a bulk is; its names are a contract.</summary>
/// <param name="Act">What is asked of each case.</param>
/// <param name="Payload">What the requests say besides.</param>
/// <param name="StartedAt">Null while it is only frozen.</param>
/// <param name="NotBefore">Until then it can be taken back whole.</param>
/// <param name="Counts">How many items stand where: frozen, open, accepted, done, refused, failed, withdrawn.</param>
/// <param name="CanUndo">Whether undoing it would take something back.</param>
/// <param name="HasEnded">Whether nothing of it is still to come.</param>
/// <param name="Sentence">What came of asking, in words; null in a plain read.</param>
internal sealed record BulkStateJson(
    long Id, DateTimeOffset At, string Act, string Actor, JsonElement? Payload, int Cases, DateTimeOffset? StartedAt, DateTimeOffset? NotBefore, DateTimeOffset? UndoneAt,
    string? UndoneBy, IReadOnlyDictionary<string, int> Counts, bool CanUndo, bool HasEnded, string? Sentence)
{
    public static BulkStateJson Of(Bulk of, string? sentence) => new(
        of.Id, of.At, of.Kind, of.Actor, LedgerJson.Embed(of.PayloadJson), of.Cases, of.StartedAt, of.NotBefore, of.UndoneAt, of.UndoneBy, of.Counts, of.CanUndo, of.HasEnded, sentence);
}

/// <summary>A page of a bulk's items.</summary>
/// <param name="Next">What to send as after for the next page; null: this is the last.</param>
internal sealed record BulkItemsJson(IReadOnlyList<BulkItem> Items, long? Next);
