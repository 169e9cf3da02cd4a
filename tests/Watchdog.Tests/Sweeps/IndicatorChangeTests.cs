using Watchdog.Detectors.Findings;
using EpisodeStep = Watchdog.Detection.EpisodeStep;

namespace Watchdog.Tests.Sweeps;

/// <summary>A changed file of indicators judges running VMs anew, without a restart.</summary>
public sealed class IndicatorChangeTests : IDisposable
{
    private const string Hot = "i-hot";
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"indicators-{Guid.NewGuid():N}.json");

    [Fact]
    public async Task What_older_indicators_cleared_is_looked_into_again_and_the_verdict_names_the_version()
    {
        Write("one", "xmrig");
        await using var world = await SweepWorld.CreateAsync(("Detection:IndicatorsFile", _path));
        world.Play((Hot, world.Now.AddMinutes(10), 97f, 3_000));
        world.Region.Guests[Hot] = Guests.Training(world.Now).Replace("python3 train.py", "python3 train.py --gizmo-rig=7", StringComparison.Ordinal);
        await world.RunAsync(180);
        Assert.Empty(world.Told);
        Assert.Single(world.Region.Sent);

        Write("two", "--gizmo-rig", "argument");
        await world.RunAsync(40);

        Assert.True(world.Region.Sent.Count > 1);
        var told = Assert.Single(world.Told, change => change.Step == EpisodeStep.Confirmed);
        Assert.Equal(FindingClass.Miner, told.Finding.Class);
        Assert.EndsWith("+two", told.Finding.RuleVersion, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suspect_is_judged_again_at_the_next_sweep()
    {
        Write("one", "xmrig");
        await using var world = await SweepWorld.CreateAsync(("Detection:IndicatorsFile", _path));
        world.Play((Hot, world.Now.AddMinutes(10), 97f, 3_000));
        world.Region.Guests[Hot] = Guests.Miner(world.Now);
        await world.RunAsync(120);
        Assert.Equal("one", await JudgedByAsync(world));

        Write("two", "xmrig");
        await world.MinuteAsync();
        Assert.Equal("two", await JudgedByAsync(world));
    }

    public void Dispose() => File.Delete(_path);

    private static Task<string> JudgedByAsync(SweepWorld world) => world.Database.ScalarAsync<string>("select detail->>'indicators' from suspect");

    private void Write(string version, string value, string kind = "name")
    {
        File.WriteAllText(_path, $$"""{ "version": "{{version}}", "indicators": [ { "kind": "{{kind}}", "value": "{{value}}", "date": "2026-01-01", "source": "test" } ] }""");
        File.SetLastWriteTimeUtc(_path, new DateTime(2026, 1, version == "one" ? 1 : 2, 0, 0, 0, DateTimeKind.Utc));
    }
}
