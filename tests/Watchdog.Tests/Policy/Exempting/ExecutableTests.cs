using Watchdog.Detectors.Findings;
using Watchdog.Ledger;
using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.Policy.Exempting;

public sealed class ExecutableTests
{
    [Theory]
    [InlineData("/opt/course/simulate", null, true)]
    [InlineData("/opt/course/simulate", "/opt/course/simulate", true)]
    [InlineData("/opt/course/other", null, false)]
    // A decoy beside it hides nothing: every class found on the VM has to be of that program.
    [InlineData("/opt/course/simulate", "/home/u/xmrig", false)]
    [InlineData("/opt/course/simulate", "", false)]
    public async Task An_exemption_by_executable_covers_a_vm_on_which_nothing_else_was_found(string first, string? second, bool covers)
    {
        await using var world = await World.CreateAsync(("Policy:Mode", "Propose"));
        await world.ExemptAsync("executable", "/opt/course/simulate", "course", world.Now, world.Now.AddDays(3));
        var vm = await world.AddVmAsync("i-1");
        var miner = await world.EpisodeAsync(vm);
        await world.Database.ExecuteAsync("update episode set executable = $1", first);
        if (second is not null)
        {
            await world.EpisodeAsync(vm, FindingClass.Runaway);
            await world.Database.ExecuteAsync("update episode set executable = nullif($1, '') where class = 'runaway'", second);
        }

        await world.ApplyAsync(miner);

        Assert.Equal(covers ? ActStates.Refused : ActStates.Proposed, Assert.Single((await world.ShowAsync(1)).Acts).State);
    }
}
