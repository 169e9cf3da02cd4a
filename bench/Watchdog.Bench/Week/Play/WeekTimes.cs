using System.Globalization;
using Watchdog.FleetSim.Fleet;
using Watchdog.Ledger;

namespace Watchdog.Bench.Week.Play;

/// <summary>What came of the times of the offices' schedules.</summary>
/// <param name="Stops">Stops made for one.</param>
/// <param name="Starts">Starts made for one.</param>
/// <param name="AtChanges">Of the stops, those for an hour that the clocks skipped or showed twice.</param>
/// <param name="Strange">Acts for a time that the VM's office does not have, and VMs with two acts for one time.</param>
/// <param name="Asleep">VMs that were off when their office opened and did not run ten minutes later.</param>
internal sealed record WeekTimes(int Stops, int Starts, int AtChanges, IReadOnlyList<string> Strange, IReadOnlyList<string> Asleep)
{
    // Half past two in Berlin, half past one in London, skipped both; half past two in Sydney, shown twice.
    private static readonly DateTimeOffset[] Changes = [new(2026, 3, 29, 1, 0, 0, TimeSpan.Zero), new(2026, 4, 4, 15, 30, 0, TimeSpan.Zero)];
    private static readonly TimeSpan Runs = TimeSpan.FromMinutes(10);

    public static async Task<WeekTimes> ReadAsync(WeekPlay play, WeekRequest request, int played, CancellationToken ct)
    {
        var byId = play.Fleet.ToDictionary(vm => vm.InstanceId, StringComparer.Ordinal);
        await using var command = play.Database.CreateCommand(
            """
            select a.instance_id, a.kind, a.occurrence_at from act a
            where a.purpose = 'idle' and a.occurrence_at is not null
              and ((a.kind = 'stop' and a.state in ('verified', 'released')) or (a.kind = 'release' and a.state = 'verified'))
            """);
        var made = await Rows.AllAsync(command, r => (Vm: byId[r.GetString(0)], Starts: r.GetString(1) == "release", At: r.GetFieldValue<DateTimeOffset>(2)), ct);
        var strange = made.Where(act => !(act.Starts ? WeekOffice.StartsOf(act.Vm, act.At, act.At.AddTicks(1)) : WeekOffice.StopsOf(act.Vm, act.At, act.At.AddTicks(1))).Any())
            .Concat(made.GroupBy(act => (act.Vm.InstanceId, act.Starts, act.At)).Where(alike => alike.Count() > 1).Select(alike => alike.First()));
        return new(
            made.Count(act => !act.Starts), made.Count(act => act.Starts), made.Count(act => !act.Starts && Changes.Contains(act.At)),
            [.. strange.Select(act => Named(act.Vm, act.At))], [.. play.Fleet.SelectMany(vm => AsleepAt(vm, play, request, played).Select(at => Named(vm, at)))]);
    }

    private static IEnumerable<DateTimeOffset> AsleepAt(SimulatedVm vm, WeekPlay play, WeekRequest request, int played)
    {
        foreach (var at in WeekOffice.StartsOf(vm, request.At(1), request.At(played) - Runs))
        {
            var step = (int)((at - request.Begin) / request.Rules.Step);
            if (play.Off[vm.Index][step - 1] && play.Off[vm.Index][step + (int)(Runs / request.Rules.Step)])
            {
                yield return at;
            }
        }
    }

    private static string Named(SimulatedVm vm, DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{vm.InstanceId} at {at:MM-dd HH:mm}Z");
}
