using Npgsql;
using Watchdog.Slo.Classing;
using Watchdog.Slo.History;
using Watchdog.Slo.Minutes;
using Watchdog.Slo.Reading;

namespace Watchdog.Slo.Telling;

/// <summary>A VM's minutes with their evidence.</summary>
/// <param name="Watermark">The first minute that its scope's books do not hold.</param>
/// <param name="News">Since which minute news of it wait to be written, and what they are; null where none wait.</param>
/// <param name="Pieces">Its minutes, in order.</param>
/// <param name="Amendments">What was changed in closed months.</param>
public sealed record MinuteExplanation(
    string InstanceId, int From, int To, int Watermark, (int Minute, string? Why)? News, IReadOnlyList<ExplainedMinutes> Pieces, IReadOnlyList<Amendment> Amendments);

/// <summary>
/// Explains minutes by judging them anew from the facts that are kept: the books hold causes, not reasons. Where both differ, it says so.
/// </summary>
public sealed class MinuteExplainer(NpgsqlDataSource database)
{
    /// <summary>Explains the minutes; null for a VM that the books do not know.</summary>
    /// <param name="instanceId">EC2's id.</param>
    /// <param name="span">From the first minute and the watermark: which minutes.</param>
    /// <param name="rules">The definition's free choices.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<MinuteExplanation?> ReadAsync(string instanceId, Func<int, (int From, int To)> span, MinuteRules rules, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        if (await StateAsync(connection, instanceId, ct) is not { } state)
        {
            return null;
        }

        var (from, to) = span(state.Watermark);
        (from, to) = (Math.Max(from, state.Begin), Math.Min(to, state.Watermark));
        if (from >= to)
        {
            return new(instanceId, from, Math.Max(from, to), state.Watermark, state.News, [], []);
        }

        var booked = await new VmBook(database).IntervalsAsync(instanceId, from, to, ct);
        var since = Minute.At(from);
        var histories = await HistoryReader.ReadAsync(connection, null, [instanceId], [since], ct);
        var judged = histories.TryGetValue(instanceId, out var history)
            ? Classifier.Judge(history, await SightReader.ReadAsync(connection, null, since, ct), rules, from, to, Minute.At(state.Watermark)).Intervals : [];
        return new(
            instanceId, from, to, state.Watermark, state.News, ExplainedMinutes.Of([.. booked.Select(one => one.Interval)], judged),
            await Amendment.ReadAsync(connection, instanceId, from, to, ct));
    }

    private static async Task<(int Begin, int Watermark, (int, string?)? News)?> StateAsync(NpgsqlConnection connection, string instanceId, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "select w.from_min, w.watermark_min, v.dirty_min, v.dirty_why from slo_vm v join slo_scope w on w.scope = v.scope where v.instance_id = $1", connection)
        {
            Parameters = { new() { Value = instanceId } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? (reader.GetInt32(0), reader.GetInt32(1), reader.IsDBNull(2) ? null : (reader.GetInt32(2), reader.IsDBNull(3) ? null : reader.GetString(3)))
            : null;
    }
}
