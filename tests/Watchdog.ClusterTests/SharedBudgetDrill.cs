using System.Globalization;
using Npgsql;
using Xunit.Abstractions;

namespace Watchdog.ClusterTests;

/// <summary>
/// Three workers before a Region with AWS's token buckets at a tenth of their size and refill, which any machine can fill, and a load beyond what one of them may take alone: the past of every VM, which a fresh
/// install reads from CloudWatch. On one database they share half of each bucket; the control, a database each, shows that the load is enough to be
/// refused.
/// </summary>
public sealed class SharedBudgetDrill(ITestOutputHelper output)
{
    private const int Vms = 5_000;
    private const double Quota = 0.1;
    private const int Workers = 3;
    private const double Share = 0.5;
    private const string Past = "datapoints:old";
    private const string Reading = "cloudwatch:GetMetricData";
    private static readonly TimeSpan Played = TimeSpan.FromSeconds(75);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    // Two calls a second apart may arrive closer together.
    private static readonly TimeSpan Jitter = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(500);

    [Fact]
    [Trait("Category", "Drill")]
    [Trait("Drill", "Long")]
    public async Task Three_workers_on_one_database_use_one_share_whole_and_are_never_refused()
    {
        var book = await PlayAsync(databases: 1);

        Assert.Equal(0, book.Refused);
        foreach (var bucket in book.Buckets)
        {
            foreach (var window in (TimeSpan[])[Second, Minute])
            {
                var used = book.Highest(bucket, window, Share).Used;
                Assert.True(used <= book.Highest(bucket, window + Jitter, Share).Limit, $"{bucket}: {used} within {window}");
            }
        }

        var calls = book.Calls(Reading);
        Assert.Equal(Workers, calls.Count);
        Assert.All(calls.Values, count => Assert.True(count >= calls.Values.Sum() / 10, $"{count} of {calls.Values.Sum()}"));
        var minute = book.Highest(Past, Minute, Share);
        Assert.True(minute.Used > 0.8 * minute.Limit, $"the load does not fill the share: {minute}");
        output.Tell($"three workers on one database, {Vms} VMs whose past is read: {Tell(book)}; none refused");
    }

    [Fact]
    [Trait("Category", "Drill")]
    [Trait("Drill", "Long")]
    public async Task Three_workers_with_a_share_each_are_refused()
    {
        var book = await PlayAsync(databases: Workers);

        Assert.True(book.Refused > 0, Tell(book));
        output.Tell($"the same three with a database, and so a share, each: {Tell(book)}; {book.Refused} refused");
    }

    private static string Tell(TokenBook book)
    {
        var calls = book.Calls(Reading).OrderBy(of => of.Key, StringComparer.Ordinal).Select(of => of.Value.ToString(CultureInfo.InvariantCulture));
        return $"{string.Join(" + ", calls)} GetMetricData calls; highest second and minute against half of the bucket and its refill: "
            + string.Join(", ", book.Buckets.Where(bucket => !bucket.StartsWith("ssm", StringComparison.Ordinal)).Select(bucket =>
                $"{bucket.Split('|')[0]} {Part(book.Highest(bucket, Second, Share))} and {Part(book.Highest(bucket, Minute, Share))}"));
    }

    private static string Part((double Used, double Limit) of) => string.Create(CultureInfo.InvariantCulture, $"{of.Used:N0} of {of.Limit:N0}");

    /// <summary>The first 75 seconds of reading the past.</summary>
    private static async Task<TokenBook> PlayAsync(int databases)
    {
        var file = new FileInfo(Path.GetTempFileName());
        List<OwnServer> servers = [];
        List<Child> workers = [];
        var (region, url) = await BuiltProgram.SimulateAsync("--vms", $"{Vms}", "--seed", "6", "--abuse-from", "20000", "--tokens", file.FullName,
            "--quota-factor", Quota.ToString(CultureInfo.InvariantCulture));
        try
        {
            for (var i = 0; i < databases; i++)
            {
                servers.Add(await OwnServer.StartAsync());
                (await BuiltProgram.RunAsync(On(url, servers[i], "migration"), "migrate")).With(0);
            }

            for (var i = 0; i < Workers; i++)
            {
                workers.Add(BuiltProgram.Start(["run"], On(url, servers[i % databases], $"worker{i}")));
            }

            await BegunAsync(servers[0]);
            await Task.Delay(Played, TimeProvider.System);
            foreach (var worker in workers)
            {
                await worker.KillAsync();
            }

            (await region.StopAsync()).With(0);
            return TokenBook.Read(file);
        }
        finally
        {
            foreach (var child in workers)
            {
                await child.DisposeAsync();
            }

            await region.DisposeAsync();
            foreach (var server in servers)
            {
                await server.DisposeAsync();
            }

            file.Delete();
        }
    }

    private static async Task BegunAsync(OwnServer server)
    {
        await using var database = NpgsqlDataSource.Create(server.ConnectionString);
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            await using var command = database.CreateCommand("select exists (select from vm_baseline)");
            if ((bool)(await command.ExecuteScalarAsync())!)
            {
                return;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(since) < Child.Patience, "no VM's past was read");
            await Task.Delay(Moment, TimeProvider.System);
        }
    }

    private static Dictionary<string, string> On(string url, OwnServer server, string key)
    {
        var environment = BuiltProgram.On(url, server.ConnectionString,
            // Half of the Region's buckets; blocks of VMs whose points fit into one of these.
            ("Aws__RateShare", (Share * Quota).ToString(CultureInfo.InvariantCulture)), ("Detection__NewcomersASweep", "20000"), ("Detection__ContextBlock", "10"), ("Storage__MaxPoolSize", "40"));
        // Who called, in the Region's book.
        environment["AWS_ACCESS_KEY_ID"] = key;
        return environment;
    }
}
