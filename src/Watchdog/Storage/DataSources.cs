using Npgsql;

namespace Watchdog.Storage;

/// <summary>Makes the one <see cref="NpgsqlDataSource"/> of a process.</summary>
public static class DataSources
{
    /// <summary>A pooled data source; what the connection string says itself goes before <paramref name="options"/>.</summary>
    /// <param name="connectionString">Npgsql's format.</param>
    /// <param name="options">Pool size and time-outs.</param>
    /// <param name="loggers">Where Npgsql logs; null for nowhere.</param>
    public static NpgsqlDataSource Create(string connectionString, StorageOptions options, ILoggerFactory? loggers)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        // Its measurements bear this name; without one they would bear the connection string.
        builder.Name = "watchdog";
        var wanted = builder.ConnectionStringBuilder;
        // ContainsKey answers for every known keyword; ShouldSerialize answers whether somebody wrote it.
        wanted.MaxPoolSize = given.ShouldSerialize("Maximum Pool Size") ? given.MaxPoolSize : options.MaxPoolSize;
        wanted.CommandTimeout = given.ShouldSerialize("Command Timeout") ? given.CommandTimeout : options.CommandTimeoutSeconds;
        wanted.ApplicationName ??= "watchdog";
        wanted.KeepAlive = given.ShouldSerialize("Keepalive") ? given.KeepAlive : 30;
        builder.UseLoggerFactory(loggers);
        return builder.Build();
    }
}
