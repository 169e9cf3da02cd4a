using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Policy;

namespace Watchdog.IdleShutdown.Schedules;

/// <summary>A time of a policy's schedule that is to come.</summary>
/// <param name="Vms">For a stop the policy's VMs that run now; for a start those that Watchdog switched off.</param>
/// <param name="Refused">Why it stops nobody in a scope, where that is decided already; null otherwise.</param>
public sealed record AgendaEntry(Occurrence Occurrence, string Schedule, string Policy, int Vms, string? Refused);

/// <summary>What schedules will do; reads only.</summary>
public sealed class Agenda(NpgsqlDataSource database, IdlePolicies policies, IOptions<PolicyOptions> policy, Clocks clocks)
{
    /// <summary>Every time from now to an instant, in order.</summary>
    public async Task<IReadOnlyList<AgendaEntry>> ReadAsync(DateTimeOffset until, CancellationToken ct)
    {
        var now = clocks.Fleet.GetUtcNow();
        if (policies.All.All(one => one.Schedule is null))
        {
            return [];
        }

        await using var connection = await database.OpenConnectionAsync(ct);
        var awake = (await ScheduledVms.RunningAsync(connection, null, null, null, ct)).CountBy(NameOf).ToDictionary();
        var asleep = (await ScheduledVms.SleepingAsync(database, null, now - policy.Value.Admission.Block, ct)).CountBy(NameOf).ToDictionary();
        var refused = await Waves.RefusedAsync(database, now, ct);
        return
        [
            .. from own in policies.All
               where own.Schedule is not null
               from occurrence in own.Schedule!.Between(now, until)
               orderby occurrence.At, own.Name
               select new AgendaEntry(
                   occurrence, own.Schedule!.Name, own.Name, (occurrence.Wants == Desired.Stopped ? awake : asleep).GetValueOrDefault(own.Name),
                   occurrence.Wants == Desired.Stopped ? refused.GetValueOrDefault((own.Schedule!.Name, occurrence.At)) : null),
        ];
    }

    private string NameOf(ScheduledVm vm) => policies.Of(vm.Owner, vm.Plan, vm.Tags) is { Rivals: null } own ? own.Name : "";
}
