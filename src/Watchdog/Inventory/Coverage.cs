using Npgsql;

namespace Watchdog.Inventory;

/// <summary>What a span of <c>scope_coverage</c> is about.</summary>
public enum CoverageKind
{
    /// <summary>Listings of VMs.</summary>
    Inventory,
    /// <summary>Listings of status checks.</summary>
    Status,
}

/// <summary>One look at a scope: whether it was seen, how much of it, and why not.</summary>
/// <param name="Detail">Why it was not seen; null when it was.</param>
public sealed record Sighting(bool Seen, int? Vms, string? Detail);

/// <summary>
/// The spans in which a scope was or was not seen, which the uptime books stand on. A span lies between two looks that agree: two
/// complete listings at most a gap apart make the time between them seen; a failed one makes it unseen from the last complete one to
/// the next. Time without any row was not watched at all.
/// </summary>
public static class Coverage
{
    /// <summary>The last span of a scope, or null.</summary>
    public static async Task<Span?> LastAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, short scope, CoverageKind kind, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "select id, from_at, to_at, seen, detail from scope_coverage where scope = $1 and kind = $2 order by id desc limit 1", connection, transaction)
        {
            Parameters = { new() { Value = scope }, new() { Value = NameOf(kind) } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new Span(reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetBoolean(3),
                await reader.IsDBNullAsync(4, ct) ? null : reader.GetString(4))
            : null;
    }

    /// <summary>Records a look: extends the last span while it says the same, or begins one.</summary>
    public static async Task RecordAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, short scope, CoverageKind kind, Sighting sighting, DateTimeOffset now,
        TimeSpan gap, CancellationToken ct)
    {
        var step = Next(await LastAsync(connection, transaction, scope, kind, ct), sighting, now, gap);
        if (step.Extend is { } id)
        {
            await using var extend = new NpgsqlCommand(
                "update scope_coverage set to_at = $2, vms = case when seen then $3 else vms end where id = $1", connection, transaction)
            {
                Parameters = { new() { Value = id }, new() { Value = now }, new() { Value = (object?)sighting.Vms ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer } },
            };
            await extend.ExecuteNonQueryAsync(ct);
        }

        if (step.Begin is { } from)
        {
            await using var begin = new NpgsqlCommand(
                "insert into scope_coverage (scope, kind, from_at, to_at, seen, vms, detail) values ($1, $2, $3, $4, $5, $6, $7)", connection, transaction)
            {
                Parameters =
                {
                    new() { Value = scope }, new() { Value = NameOf(kind) }, new() { Value = from }, new() { Value = now }, new() { Value = sighting.Seen },
                    new() { Value = (object?)sighting.Vms ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer },
                    new() { Value = (object?)sighting.Detail ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text },
                },
            };
            await begin.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>Decides: which span to extend to now, and where a new one begins (it ends now). Both when a seen span follows an unseen one.</summary>
    public static (long? Extend, DateTimeOffset? Begin) Next(Span? last, Sighting sighting, DateTimeOffset now, TimeSpan gap)
    {
        // A clock that jumped back extends nothing.
        if (last is null || now - last.To > gap || now < last.To)
        {
            return (null, now);
        }

        var same = last.Seen == sighting.Seen && last.Detail == sighting.Detail;
        return (same, last.Seen) switch
        {
            (true, _) => (last.Id, null),
            (false, true) => (null, last.To),
            (false, false) => (last.Id, now),
        };
    }

    private static string NameOf(CoverageKind kind) => kind == CoverageKind.Inventory ? "inventory" : "status";

    /// <summary>One stored span, [From, To).</summary>
    public sealed record Span(long Id, DateTimeOffset From, DateTimeOffset To, bool Seen, string? Detail);
}
