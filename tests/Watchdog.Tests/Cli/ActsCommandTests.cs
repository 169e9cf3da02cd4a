using System.Globalization;
using Watchdog.Cli;
using Watchdog.Detectors.Findings;
using Watchdog.Policy;
using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.Cli;

public sealed class ActsCommandTests
{
    [Fact]
    public async Task The_backlog_tells_what_is_held_what_is_due_and_until_when()
    {
        await using var world = await World.CreateAsync(("Policy:Caps:PerFiveMinutes", "2"));
        for (var n = 1; n <= 3; n++)
        {
            await world.AddCaseAsync(string.Create(CultureInfo.InvariantCulture, $"i-{n}"), FindingClass.ForkBomb, $"owner-{n}");
        }

        await world.Get<Admission>().AdmitAsync(await world.TakeAsync(), world.Now, default);

        var json = (await CliRun.OnAsync(world.Database, "acts", "--json")).Json.GetProperty("scopes")[0];
        var text = await CliRun.OnAsync(world.Database, "acts");

        var stops = json.GetProperty("kinds")[0];
        Assert.Equal(("stop", 1, 2), (stops.GetProperty("kind").GetString(), stops.GetProperty("proposed").GetInt32(), stops.GetProperty("to_do").GetInt32()));
        Assert.True(json.GetProperty("estimate").GetProperty("most_seconds").GetDouble() > 0);
        Assert.Equal((ExitCodes.Ok, ""), (text.Exit, text.Error));
        Assert.Contains("the cap of 2 acts in five minutes is reached", text.Output, StringComparison.Ordinal);
        Assert.Contains("until ", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_brake_is_named_and_an_empty_backlog_says_so()
    {
        await using var world = await World.CreateAsync();
        await Brake.SetAsync(world.Database.Source, true, "too many", "ann", world.Now, default);

        var run = await CliRun.OnAsync(world.Database, "acts");

        Assert.Contains("The brake is on: too many", run.Output, StringComparison.Ordinal);
        Assert.Contains("No act waits", run.Output, StringComparison.Ordinal);
    }
}
