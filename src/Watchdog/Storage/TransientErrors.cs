using Npgsql;

namespace Watchdog.Storage;

/// <summary>Tells errors that pass by themselves from errors that a retry repeats.</summary>
public static class TransientErrors
{
    /// <summary>
    /// Whether the database was away or coming up, or two transactions collided: the same transaction, run again from its start, may
    /// succeed. A commit whose answer was lost is transient too: retry only what is idempotent.
    /// </summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        PostgresException postgres => postgres.IsTransient
            || postgres.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow,
        NpgsqlException npgsql => npgsql.IsTransient,
        _ => false,
    };
}
