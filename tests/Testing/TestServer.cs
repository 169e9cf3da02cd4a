using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Watchdog.Storage.Cluster;

namespace Watchdog.Testing;

/// <summary>
/// The PostgreSQL that a test process shares. <c>WATCHDOG_TEST_POSTGRES</c> (an Npgsql connection string of a role that may create
/// databases) names one that several test processes share; without it, a private cluster in a temporary folder, gone with the process.
/// </summary>
internal static class TestServer
{
    private static readonly Lazy<Task<TestTemplate>> Shared = new(StartAsync, LazyThreadSafetyMode.ExecutionAndPublication);
    // Held for good: its input closes, and the server ends, when this process does.
    private static Process? undertaker;

    public static Task<TestTemplate> GetAsync() => Shared.Value;

    private static async Task<TestTemplate> StartAsync()
    {
        var server = Environment.GetEnvironmentVariable("WATCHDOG_TEST_POSTGRES") is { Length: > 0 } given ? given : await StartPrivateAsync();
        return await TestTemplate.PrepareAsync(server);
    }

    private static async Task<string> StartPrivateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("watchdog-test-").FullName;
        var settings = new ClusterSettings(Relaxed: true, MaxConnections: 300);
        var cluster = await PrivateCluster.OpenAsync(folder, settings, TimeProvider.System, NullLogger.Instance, CancellationToken.None);
        undertaker = Bury(folder);
        return cluster.ConnectionString;
    }

    // A test host may be killed at its end without a chance to tidy up. This shell waits for the end of our process (its input
    // closes), then ends the server whose pid file lies in the folder, and removes the folder.
    internal static Process Bury(string folder)
    {
        const string script = """
            read -r _
            kill -QUIT "$(head -n 1 "$0/postgres/postmaster.pid")" 2>/dev/null
            for i in 1 2 3 4 5 6 7 8 9 10; do [ -e "$0/postgres/postmaster.pid" ] || break; sleep 0.2; done
            rm -rf "$0"
            """;
        return Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "trap '' INT TERM HUP; exec >/dev/null 2>&1\n" + script, folder])
        {
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        })!;
    }
}
