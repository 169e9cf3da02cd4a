using Npgsql;
using NpgsqlTypes;

namespace Watchdog.Ledger;

/// <summary>Builds the ledger's commands: SQL with $1 parameters, in their order.</summary>
internal static class Statement
{
    /// <summary>A command inside a transaction.</summary>
    public static NpgsqlCommand On(NpgsqlConnection connection, NpgsqlTransaction? transaction, string sql, params object?[] values)
    {
        var command = new NpgsqlCommand(sql, connection, transaction);
        foreach (var value in values)
        {
            command.Parameters.Add(Parameter(value));
        }

        return command;
    }

    /// <summary>A value as a parameter. A null goes as SQL's null, <see cref="Json"/> as jsonb.</summary>
    public static NpgsqlParameter Parameter(object? value) => value switch
    {
        null => new NpgsqlParameter { Value = DBNull.Value },
        Json json => new NpgsqlParameter { Value = json.Text, NpgsqlDbType = NpgsqlDbType.Jsonb },
        _ => new NpgsqlParameter { Value = value },
    };

    /// <summary>A JSON document on its way into a jsonb column.</summary>
    public sealed record Json(string Text);
}
