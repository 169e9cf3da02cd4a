using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Storage;
using Watchdog.Storage.Cluster;
using Watchdog.Testing;

namespace Watchdog.Tests.Storage;

public sealed class StorageRoomTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("watchdog-room-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Without_a_connection_string_the_room_brings_a_private_cluster_and_takes_it_along()
    {
        var pid = Path.Combine(folder, "postgres", "postmaster.pid");
        await using (var provider = Build(new("Storage:DataFolder", folder), new("Storage:RelaxedDurability", "true")))
        {
            var applied = await provider.GetRequiredService<Migrator>().MigrateAsync(default);

            Assert.Equal(Migration.Embedded, applied);
            Assert.Same(provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<DbDataSource>());
            Assert.True(File.Exists(pid));
        }

        Assert.False(File.Exists(pid));
    }

    [Fact]
    public async Task With_a_connection_string_nothing_is_started()
    {
        await using var provider = Build(new("Storage:ConnectionString", "Host=db.example;Maximum Pool Size=9"), new("Storage:DataFolder", folder));

        var source = provider.GetRequiredService<NpgsqlDataSource>();

        Assert.Equal(9, new NpgsqlConnectionStringBuilder(source.ConnectionString).MaxPoolSize);
        Assert.Null(provider.GetService<PrivateCluster>());
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public async Task Options_out_of_range_are_refused_together()
    {
        await using var provider = Build(new("Storage:MaxPoolSize", "2"), new("Storage:CommandTimeoutSeconds", "0"));

        var refused = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<StorageOptions>>().Value);

        Assert.Equal(2, refused.Failures.Count());
    }

    [Fact]
    public void What_the_connection_string_says_goes_before_the_options()
    {
        var options = new StorageOptions { MaxPoolSize = 12, CommandTimeoutSeconds = 7 };
        using var silent = DataSources.Create("Host=db.example", options, null);
        using var outspoken = DataSources.Create("Host=db.example;Command Timeout=99;Application Name=mine", options, null);

        var defaults = new NpgsqlConnectionStringBuilder(silent.ConnectionString);
        var said = new NpgsqlConnectionStringBuilder(outspoken.ConnectionString);

        Assert.Equal((12, 7, "watchdog"), (defaults.MaxPoolSize, defaults.CommandTimeout, defaults.ApplicationName));
        Assert.Equal((12, 99, "mine"), (said.MaxPoolSize, said.CommandTimeout, said.ApplicationName));
    }

    [Fact]
    public async Task The_keeper_starts_a_server_that_died()
    {
        var wall = new ManualTime();
        await using var cluster = await PrivateCluster.OpenAsync(folder, new ClusterSettings(Relaxed: true), TimeProvider.System, NullLogger.Instance, default);
        using var keeper = new PrivateClusterKeeper(cluster, new Clocks(wall, wall), NullLogger<PrivateClusterKeeper>.Instance);
        await keeper.StartAsync(default);
        var pidFile = Path.Combine(folder, "postgres", "postmaster.pid");
        using var postmaster = Process.GetProcessById(int.Parse(File.ReadLines(pidFile).First(), CultureInfo.InvariantCulture));
        postmaster.Kill();
        await postmaster.WaitForExitAsync();

        await Until.TrueAsync(() => Task.FromResult(wall.ArmedTimers == 1));
        wall.Advance(TimeSpan.FromSeconds(5));

        await Until.TrueAsync(async () =>
        {
            await using var connection = new NpgsqlConnection(cluster.ConnectionString + ";Pooling=false");
            try
            {
                await connection.OpenAsync();
                return true;
            }
            catch (NpgsqlException)
            {
                return false;
            }
        });
        await keeper.StopAsync(default);
    }

    [Fact]
    public void A_nodes_name_is_never_given_twice()
    {
        Assert.NotEqual(Node.Create(), Node.Create());
    }

    private static ServiceProvider Build(params KeyValuePair<string, string?>[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return new ServiceCollection().AddLogging().AddStorage(configuration).BuildServiceProvider();
    }
}
