using System.Globalization;
using Watchdog.Bench.Week.Play;
using Watchdog.FleetSim.Fleet;
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
    public async Task Killed_at_random_instants_the_worker_makes_the_same_acts()
    {
        // The sample is the night to Monday, and the morning.
        var (vms, from, length, kills) = Quick.Is ? (40, TimeSpan.FromHours(30), TimeSpan.FromHours(12), 5) : (60, default, TimeSpan.FromDays(7), 10);
        var played = await Task.WhenAll(LiveAsync(kills: 0), LiveAsync(kills));
        Assert.Equal(played[0].Acts.Made, played[1].Acts.Made);
        Assert.Equal(played[0].Acts.Started, played[1].Acts.Started);
        Assert.Equal(kills, played[1].Kills.Count);
        // Of five, one is not aimed at acts.
        var amid = played[1].Kills.Count(kill => kill.UnderWay.Count > 0);
        Assert.True(amid > kills / 2, $"{amid} of {kills} kills came while acts were under way");

        Task<(WeekActs Acts, IReadOnlyList<WeekKill> Kills)> LiveAsync(int kills) =>
            this.LiveAsync(new(vms, Seed: 1, length, "") { Begin = WeekPlan.Epoch + from }, kills);
    }

    // The worker in a process of its own, which is killed so often.
    private async Task<(WeekActs Acts, IReadOnlyList<WeekKill> Kills)> LiveAsync(WeekRequest week, int kills)
    {
        await using var database = await TestDatabase.CreateAsync();
        var request = week with { Database = database.ConnectionString };
        WeekKiller? killer = null;
        await using var play = new WeekPlay(request)
        {
            Begins = stage =>
            {
                killer = new WeekKiller(stage, database.Source, request.Length, seed: 7, kills);
                return Task.FromResult<IWeekWorker>(new WeekLives(Path.Combine(AppContext.BaseDirectory, "Watchdog.Tests"), stage, killer));
            },
        };
        var acts = await PlayAsync(play, request, $"Week with {kills} kills");
        foreach (var kill in killer!.Kills)
        {
            output.Tell($"  {kill}");
        }

        Assert.Equal(0, play.Failures);
        Assert.InRange(play.ToldAgain(acts.Warnings), 0, kills);
        return (acts, killer.Kills);
    }

    // What holds of every week, however often the worker died in it.
    private async Task<WeekActs> PlayAsync(WeekPlay play, WeekRequest request, string name)
    {
        Assert.Equal(play.Steps, await play.RunAsync(TimeSpan.MaxValue, default));
        var acts = await WeekActs.ReadAsync(play.Database, play.Fleet, request.At(play.Steps), default);
        output.Tell(string.Create(CultureInfo.InvariantCulture,
            $"{name}: {request.Vms} VMs, {request.Length.TotalDays:0.##} days, {acts.Made.Count} stops, {play.Wrong.Count} of a VM in use; {play.Passes.Sum(pass => pass.TotalSeconds):F0} s"));
        Assert.True(play.Wrong.Count == 0, string.Join('\n', play.Wrong));
        Assert.Empty(acts.WithoutReason);
        Assert.Empty(acts.Unfinished);
        Assert.Empty(acts.Unwarned);
        Assert.Empty(acts.WarnedTwice);
        Assert.Empty(acts.Twice);
        var times = await WeekTimes.ReadAsync(play, request, play.Steps, default);
        Assert.Empty(times.Strange);
        Assert.Empty(times.Asleep);
        Assert.True(times.Stops > 0 && times.Starts > 0, $"{times.Stops} stops and {times.Starts} starts by office hours");
        // EC2 was asked once for each.
        Assert.Equal(acts.Made.Count, play.StopsAsked);
        return acts;
    }

    private static WeekRequest Request(int vms, string connectionString) => new(vms, Seed: 1, TimeSpan.FromDays(7), connectionString);
}
