using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Watchdog.Storage.Cluster;

namespace Watchdog.Tests.Storage;

public sealed class PrivateClusterTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("watchdog-cluster-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task It_is_made_with_a_secret_password_and_listens_on_a_socket_alone()
    {
        await using var cluster = await OpenAsync();

        Assert.Equal("UTF8", await ScalarAsync<string>(cluster, "show server_encoding"));
        Assert.Equal("", await ScalarAsync<string>(cluster, "show listen_addresses"));
        Assert.Equal("off", await ScalarAsync<string>(cluster, "show jit"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "postgres.password")));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(folder, "postgres")));
        var wrong = new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Password = "guess", Pooling = false };
        await using var stranger = new NpgsqlConnection(wrong.ConnectionString);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => stranger.OpenAsync());
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
    }

    [Fact]
    public async Task It_stops_with_the_last_process_that_uses_it_and_keeps_its_data()
    {
        var first = await OpenAsync();
        await ExecuteAsync(first, "create table kept as select 7 as x");
        var second = await OpenAsync();

        await first.DisposeAsync();
        Assert.Equal(7, await ScalarAsync<int>(second, "select x from kept"));
        await second.DisposeAsync();
        Assert.False(File.Exists(PidFile));

        await using var third = await OpenAsync();
        Assert.Equal(7, await ScalarAsync<int>(third, "select x from kept"));
    }

    [Fact]
    public async Task Four_that_come_at_once_to_an_empty_folder_share_one_server()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(OpenAsync)));

        var servers = await Task.WhenAll(all.Select(c => ScalarAsync<DateTime>(c, "select pg_postmaster_start_time()")));
        Assert.Single(servers.Distinct());
        await Task.WhenAll(all.Select(c => c.DisposeAsync().AsTask()));
        Assert.False(File.Exists(PidFile));
    }

    [Fact]
    public async Task A_killed_server_is_started_again_with_what_it_had_committed()
    {
        await using var cluster = await OpenAsync();
        await ExecuteAsync(cluster, "create table kept as select 7 as x");
        using var postmaster = Process.GetProcessById(ReadPid());
        postmaster.Kill();
        await postmaster.WaitForExitAsync();

        await cluster.EnsureRunningAsync(default);

        Assert.Equal(7, await ScalarAsync<int>(cluster, "select x from kept"));
        Assert.NotEqual(postmaster.Id, ReadPid());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pid_file_whose_number_is_dead_or_another_process_is_stale(bool reused)
    {
        var first = await OpenAsync();
        var lines = await File.ReadAllLinesAsync(PidFile);
        await first.DisposeAsync();
        using var sleeper = Process.Start(new ProcessStartInfo("setpriv", [.. AsServerUser(), "sleep", "60"]) { WorkingDirectory = "/" })!;
        if (!reused)
        {
            sleeper.Kill();
            await sleeper.WaitForExitAsync();
        }

        lines[0] = sleeper.Id.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllLinesAsync(PidFile, lines);

        await using var second = await OpenAsync();

        Assert.Equal(1, await ScalarAsync<int>(second, "select 1"));
        Assert.NotEqual(sleeper.Id, ReadPid());
        sleeper.Kill();
    }

    [Fact]
    public async Task A_server_that_lives_is_known_by_its_process_even_behind_a_link()
    {
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute);
        var link = Path.Combine(folder, "link");
        var real = Directory.CreateDirectory(Path.Combine(folder, "real")).FullName;
        Directory.CreateSymbolicLink(link, real);
        var cluster = await OpenAsync(link);
        var server = await ClusterServer.FindAsync(ClusterFolder.Open(link), NullLogger.Instance, default);

        Assert.True(await server.IsAliveAsync(default));
        await cluster.DisposeAsync();
        Assert.False(await server.IsAliveAsync(default));
    }

    [Fact]
    public async Task A_half_made_cluster_is_made_anew()
    {
        Directory.CreateDirectory(Path.Combine(folder, "postgres.new", "base"));
        await File.WriteAllTextAsync(Path.Combine(folder, "postgres.password"), "of an attempt that was killed");

        await using var cluster = await OpenAsync();

        Assert.Equal(1, await ScalarAsync<int>(cluster, "select 1"));
    }

    [Fact]
    public async Task A_folder_that_the_servers_user_cannot_enter_is_named_with_the_cure()
    {
        var closed = Directory.CreateDirectory(Path.Combine(folder, "closed"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (!Environment.IsPrivilegedProcess)
        {
            File.SetUnixFileMode(closed.FullName, UnixFileMode.UserRead);
        }

        var refused = await Assert.ThrowsAsync<ClusterException>(() => OpenAsync(Path.Combine(closed.FullName, "data")));

        Assert.Contains(closed.FullName, refused.Message, StringComparison.Ordinal);
        Assert.Contains("WATCHDOG_DATA", refused.Message, StringComparison.Ordinal);
        File.SetUnixFileMode(closed.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task A_path_too_long_for_a_socket_is_refused_before_anything_is_made()
    {
        var deep = Path.Combine(folder, new string('x', 100));

        await Assert.ThrowsAsync<ClusterException>(() => OpenAsync(deep));

        Assert.False(Directory.Exists(deep));
    }

    private string PidFile => Path.Combine(folder, "postgres", "postmaster.pid");

    private int ReadPid() => int.Parse(File.ReadLines(PidFile).First(), CultureInfo.InvariantCulture);

    // The reused number is the worst when it belongs to a process of the server's own user.
    private static string[] AsServerUser() =>
        Environment.IsPrivilegedProcess ? ["--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];

    private Task<PrivateCluster> OpenAsync() => OpenAsync(folder);

    private static Task<PrivateCluster> OpenAsync(string folder) =>
        PrivateCluster.OpenAsync(folder, new ClusterSettings(Relaxed: true), TimeProvider.System, NullLogger.Instance, default);

    private static async Task<T> ScalarAsync<T>(PrivateCluster cluster, string sql)
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(PrivateCluster cluster, string sql)
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
