using System.Globalization;
using Watchdog.Bench.Week.Play;
using Watchdog.Testing;
using Xunit.Abstractions;

namespace Watchdog.Tests.Drills;

/// <summary>
/// Days of a fleet whose people come and go in five time zones, over the night in which Europe changes its clocks, some by office hours: nobody at work is stopped, and nearly all that
/// could be reclaimed is.
/// </summary>
public sealed class WeekDrill(ITestOutputHelper output)
{
    private const double LeastReclaimed = 0.95;

    // From Saturday evening: the clocks are put forward in the night, and people come on Monday.
    private static readonly TimeSpan Sample = TimeSpan.FromHours(42);

    [Fact]
    [Trait("Category", "Drill")]
    public async Task Nobody_at_work_is_stopped_and_what_nobody_uses_is_off()
    {
        await using var database = await TestDatabase.CreateAsync();
        var request = Quick.Is ? Request(60, database.ConnectionString) with { Length = Sample } : Request(250, database.ConnectionString);
        await using var play = new WeekPlay(request);
        var acts = await PlayAsync(play, request, "Week");
        Assert.Equal(0, play.Failures);
        Assert.True(acts.Made.Count > request.Vms / 3);
        var figures = WeekFigures.Of(play, request, play.Steps);
        foreach (var kind in figures.Kinds.Append(figures.All))
        {
            output.Tell(string.Create(CultureInfo.InvariantCulture, $"Week, {kind.Kind}: {kind.Vms} VMs, {kind.Both:F0} of {kind.Oracle:F0} idle VM-hours reclaimed ({kind.Share:P2}), {kind.Worker:F0} h off in all"));
        }

        Assert.True(figures.All.Share >= LeastReclaimed, $"{figures.All.Share:P2} of the idle hours");
    }

    [Fact]
    [Trait("Category", "Drill")]
    [Trait("Drill", "Long")]
    public async Task Killed_ten_times_the_worker_stops_the_same_vms()
    {
        const int Kills = 10;
        List<IReadOnlyList<string>> made = [];
        foreach (var killed in new[] { false, true })
        {
            await using var database = await TestDatabase.CreateAsync();
            await using var proxy = new CommitProxy(database.ConnectionString);
            var request = Request(60, proxy.ConnectionString) with { Length = Sample };
            await using var play = new WeekPlay(request);
            var killer = killed ? new WeekKiller(play, proxy, seed: 7, Kills) : null;
            made.Add((await PlayAsync(play, request, killed ? "Week with ten kills" : "The same week without")).Made);
            Assert.Equal(killed ? Kills : 0, killer?.Kills.Count ?? 0);
            output.WriteLine(string.Join('\n', killer?.Kills ?? []));
        }

        Assert.Equal(made[0], made[1]);
    }

    // What holds of every week, however often the worker died in it.
    private async Task<WeekActs> PlayAsync(WeekPlay play, WeekRequest request, string name)
    {
        Assert.Equal(play.Steps, await play.RunAsync(TimeSpan.FromMinutes(30), default));
        var acts = await WeekActs.ReadAsync(play.Worker.Database, play.Fleet, default);
        output.Tell(string.Create(CultureInfo.InvariantCulture,
            $"{name}: {request.Vms} VMs, {request.Length.TotalDays:0.##} days, {acts.Made.Count} stops, {play.Wrong.Count} of a VM in use; {play.Passes.Sum(pass => pass.TotalSeconds):F0} s"));
        Assert.True(play.Wrong.Count == 0, string.Join('\n', play.Wrong));
        Assert.Empty(acts.WithoutReason);
        Assert.Empty(acts.Unfinished);
        Assert.Empty(acts.Unwarned);
        Assert.Empty(acts.Twice);
        var times = await WeekTimes.ReadAsync(play, request, play.Steps, default);
        Assert.Empty(times.Strange);
        Assert.Empty(times.Asleep);
        Assert.True(times.Stops > 0 && times.Starts > 0, $"{times.Stops} stops and {times.Starts} starts by office hours");
        // EC2 was asked once for each.
        Assert.Equal(acts.Made.Count, play.StopsAsked);
        return acts;
    }

    private static WeekRequest Request(int vms, string connectionString) => new(vms, Seed: 1, TimeSpan.FromDays(7), [new("Storage:ConnectionString", connectionString)]);
}
