using System.Globalization;
using Watchdog.Cli;
using Watchdog.Tests.IdleShutdown;

namespace Watchdog.Tests.Cli;

public sealed class IdlePlanTests
{
    [Fact]
    public async Task Who_was_warned_is_listed_with_the_deadline_and_who_was_not_without_one()
    {
        await using var world = await Resters.CreateAsync();
        await Resters.AddAsync(world, "i-1");
        await Resters.AddAsync(world, "i-2");
        await world.Database.ExecuteAsync(
            """
            insert into idle_watch (instance_id, scope, shard, since, due_at, verdict)
            select id, $1, 0, $2, $2, '{"at":"2026-01-01T00:00:00Z","keepers":[],"ground":"It rests.","policy":"default"}' from unnest(array['i-1', 'i-3']) id
            """, world.Scope.Id, world.Now);

        var json = (await CliRun.OnAsync(world.Database, "idle", "plan", "--json")).Json;
        var text = await CliRun.OnAsync(world.Database, "idle", "plan");

        var (first, second) = (json.GetProperty("next")[0], json.GetProperty("next")[1]);
        Assert.Equal(("i-1", "stop", world.Now.AddMinutes(-5)),
            (first.GetProperty("instance_id").GetString(), first.GetProperty("on_stop").GetString(), first.GetProperty("warning").GetProperty("deadline").GetDateTimeOffset()));
        Assert.Equal("i-3", second.GetProperty("instance_id").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, second.GetProperty("warning").ValueKind);
        // A schedule's stop is warned of too, of VMs that do not rest.
        Assert.Equal("i-2", Assert.Single(json.GetProperty("other_warnings").EnumerateArray()).GetProperty("instance_id").GetString());
        Assert.Equal((ExitCodes.Ok, ""), (text.Exit, text.Error));
        var deadline = string.Create(CultureInfo.InvariantCulture, $"its owner is warned: not before {world.Now.AddMinutes(-5).UtcDateTime:yyyy-MM-dd HH:mm'Z'}");
        var lines = text.Output.Split('\n').Where(line => line.StartsWith("i-", StringComparison.Ordinal)).ToDictionary(line => line[..3]);
        Assert.Equal("i-1, i-2", string.Join(", ", lines.Where(line => line.Value.Contains(deadline, StringComparison.Ordinal)).Select(line => line.Key).Order(StringComparer.Ordinal)));
        Assert.Contains("i-3", lines.Keys);
    }
}
