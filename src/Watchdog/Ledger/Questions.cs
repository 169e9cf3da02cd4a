using Npgsql;

namespace Watchdog.Ledger;

/// <summary>Several questions to the database, put at once: they take one round trip, and each has its own answer.</summary>
/// <param name="transaction">Makes them one instant's where it is repeatable; null: each has its own.</param>
internal sealed class Questions(NpgsqlConnection connection, NpgsqlTransaction? transaction = null) : IAsyncDisposable
{
    private readonly NpgsqlBatch batch = new(connection, transaction);
    private readonly List<Func<NpgsqlDataReader, CancellationToken, Task>> answers = [];

    /// <summary>Adds one; its answer is there once all were put.</summary>
    public IReadOnlyList<T> Ask<T>(string sql, Func<NpgsqlDataReader, T> read, params object?[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(Statement.Parameter(value));
        }

        batch.BatchCommands.Add(command);
        List<T> rows = [];
        answers.Add(async (reader, ct) =>
        {
            while (await reader.ReadAsync(ct))
            {
                rows.Add(read(reader));
            }
        });
        return rows;
    }

    /// <summary>Puts them, and fills in the answers.</summary>
    public async Task PutAsync(CancellationToken ct)
    {
        await using var reader = await batch.ExecuteReaderAsync(ct);
        foreach (var answer in answers)
        {
            await answer(reader, ct);
            await reader.NextResultAsync(ct);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => batch.DisposeAsync();
}
