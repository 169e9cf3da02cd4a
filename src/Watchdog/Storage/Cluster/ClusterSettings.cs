namespace Watchdog.Storage.Cluster;

/// <summary>How a private server is run.</summary>
/// <param name="Relaxed">True answers before the disk has it: for demos and tests.</param>
/// <param name="MaxConnections">The server's max_connections.</param>
public sealed record ClusterSettings(bool Relaxed = false, int MaxConnections = 100)
{
    /// <summary>
    /// The server's options for <c>pg_ctl -o</c>, which hands them to a shell: nothing in them comes from outside. The socket lies in
    /// the data folder, TCP is off.
    /// </summary>
    internal string ServerOptions()
    {
        List<string> options =
        [
            "listen_addresses=''", "port=5432", "unix_socket_directories=.", $"max_connections={MaxConnections}", "shared_buffers=128MB",
            "wal_level=minimal", "max_wal_senders=0", "max_wal_size=1GB", "log_checkpoints=off", "timezone=UTC", "log_timezone=UTC",
            // Its statements are short: compiling one takes longer than running it.
            "jit=off",
        ];
        if (Relaxed)
        {
            // Commits still reach the kernel: a killed server loses nothing, a machine without power does.
            options.AddRange(["fsync=off", "full_page_writes=off"]);
        }

        return string.Join(' ', options.Select(o => "-c " + o));
    }
}
