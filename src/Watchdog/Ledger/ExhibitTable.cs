using Npgsql;
using Watchdog.Storage;

namespace Watchdog.Ledger;

/// <summary>Evidence that was taken before an act: for people, bounded, never read back by a detector. Table <c>exhibit</c>.</summary>
public sealed class ExhibitTable(NpgsqlDataSource database)
{
    /// <summary>The console's text.</summary>
    public const string Console = "console";
    /// <summary>A picture of the console.</summary>
    public const string Screenshot = "screenshot";
    /// <summary>What the inspection found inside.</summary>
    public const string Guest = "guest";
    /// <summary>Longer content is cut, bytes.</summary>
    public const int Longest = 1 << 20;

    /// <summary>Stores an exhibit of an act.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="mediaType">Its media type, as whoever shows it needs it.</param>
    public Task AddAsync(Fence fence, long act, string kind, DateTimeOffset at, byte[] content, string mediaType, CancellationToken ct) =>
        FencedWrite.RunAsync(database, fence, async (connection, transaction) =>
        {
            await using var command = Statement.On(connection, transaction,
                "insert into exhibit (act_id, kind, at, content, media_type) values ($1, $2, $3, $4, $5)",
                act, kind, at, content.Length > Longest ? content[..Longest] : content, mediaType);
            await command.ExecuteNonQueryAsync(ct);
        }, ct);

    /// <summary>What an act has, without the contents: kind, instant, bytes.</summary>
    public async Task<IReadOnlyList<Exhibit>> OfAsync(long act, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            "select id, kind, at, length(content), media_type from exhibit where act_id = $1 order by id", act);
        return await Rows.AllAsync(command, r => new Exhibit(r.GetInt64(0), r.GetString(1), r.GetFieldValue<DateTimeOffset>(2), r.GetInt32(3), r.GetString(4)), ct);
    }

    /// <summary>An exhibit's media type and content; null when the case has none of that id.</summary>
    public async Task<(string MediaType, byte[] Content)?> OfCaseAsync(long caseId, long id, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            "select e.media_type, e.content from exhibit e join act a on a.id = e.act_id where e.id = $1 and a.case_id = $2", id, caseId);
        return (await Rows.AllAsync(command, r => ((string, byte[])?)(r.GetString(0), r.GetFieldValue<byte[]>(1)), ct)).SingleOrDefault();
    }

    /// <summary>An exhibit's content; null when there is none of that id.</summary>
    public async Task<byte[]?> ReadAsync(long id, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null, "select content from exhibit where id = $1", id);
        return (byte[]?)await command.ExecuteScalarAsync(ct);
    }
}

/// <summary>A row of <c>exhibit</c> without its content.</summary>
public sealed record Exhibit(long Id, string Kind, DateTimeOffset At, int Bytes, string MediaType);
