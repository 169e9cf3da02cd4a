namespace Watchdog.Alerts;

/// <summary>How incidents of a kind are told.</summary>
/// <param name="Settles">How long what comes together is gathered before the first page; 0 for what is critical by itself.</param>
/// <param name="ErrorFrom">Members from which it is an error at least; 0: never by its size.</param>
/// <param name="CriticalFrom">Members from which it is critical; 0: never by its size.</param>
/// <param name="ToldWhenOver">Whether it is told although all of it was over before it settled: something was done to somebody's VM.</param>
/// <param name="ActsOnVms">Whether it is about acts on VMs, of which a dry run does none.</param>
/// <param name="One">What one member is, for titles: <c>VM that looks like a miner</c>; <c>{0}</c> is the technique.</param>
/// <param name="Many">The same for several.</param>
/// <param name="NextStep">What a person should do now.</param>
/// <param name="Runbook">Its page's name in <c>docs/runbooks</c>, without the ending.</param>
/// <param name="Board">Its dashboard's uid.</param>
public sealed record KindRule(
    TimeSpan Settles, int ErrorFrom, int CriticalFrom, bool ToldWhenOver, bool ActsOnVms, string One, string Many, string NextStep, string Runbook, string Board)
{
    /// <summary>The severity of so many members of which the worst has a severity.</summary>
    public Severity Of(Severity worst, int size)
    {
        var bySize = CriticalFrom > 0 && size >= CriticalFrom ? Severity.Critical : ErrorFrom > 0 && size >= ErrorFrom ? Severity.Error : Severity.Info;
        return bySize > worst ? bySize : worst;
    }
}

/// <summary>The rule of each kind: one table.</summary>
public static class KindTable
{
    private static readonly TimeSpan Gathering = TimeSpan.FromSeconds(30);

    private static readonly Dictionary<string, KindRule> Rules = new(StringComparer.Ordinal)
    {
        [IncidentKinds.Abuse] = new(Gathering, 10, 50, true, true, "VM with {0}", "VMs with {0}",
            "Look at the worst cases ('watchdog cases show ID'): confirm or release; if many look wrong, 'watchdog brake on'.", "IncidentAbuse", "watchdog-abuse"),
        [IncidentKinds.Containment] = new(Gathering, 0, 10, true, true, "VM on which {0} failed or cannot be proven", "VMs on which {0} failed or cannot be proven",
            "Look at what the act says ('watchdog cases show ID') and contain the VM by hand where it goes on.", "IncidentContainment", "watchdog-abuse"),
        [IncidentKinds.Brake] = new(TimeSpan.Zero, 0, 0, true, true, "brake is on", "brakes are on",
            "Find out why ('watchdog brake show') and decide: let it stand, or 'watchdog brake off'.", "WatchdogBrakeOn", "watchdog-abuse"),
        [IncidentKinds.Approval] = new(Gathering, 0, 0, false, true, "scope in which acts wait too long for a person", "scopes in which acts wait too long for a person",
            "Decide on what waits: 'watchdog acts' lists it, 'watchdog cases confirm ID' and 'watchdog cases release ID' decide.", "IncidentApproval", "watchdog-abuse"),
        [IncidentKinds.Appeal] = new(TimeSpan.FromMinutes(2), 10, 0, false, true, "case on which nobody ruled in time", "cases on which nobody ruled in time",
            "Rule on the cases, the oldest first: their owners wait.", "IncidentAppeal", "watchdog-abuse"),
        [IncidentKinds.SloBurn] = new(Gathering, 0, 0, false, false, "objective burns its error budget too fast ({0})", "objectives burn their error budgets too fast ({0})",
            "See where the bad minutes are ('watchdog slo explain'): the provider's, a guest's, or ours.", "WatchdogSloBurn", "watchdog-slo"),
        [IncidentKinds.SloStep] = new(Gathering, 0, 0, false, false, "group in which many VMs went bad at once ({0})", "groups in which many VMs went bad at once ({0})",
            "Look at AWS's health page for the Region, then at what changed in the last quarter of an hour.", "WatchdogSloStep", "watchdog-slo"),
        [IncidentKinds.Coverage] = new(Gathering, 0, 0, false, false, "Region in which many VMs are not judged in time", "Regions in which many VMs are not judged in time",
            "Look at the sweeps and at what AWS answers ('watchdog doctor').", "WatchdogCoverageLow", "watchdog-fleet"),
        [IncidentKinds.AwsThrottled] = new(Gathering, 0, 0, false, false, "worker throttled by AWS: {0}", "workers throttled by AWS: {0}",
            "See who else uses the bucket; lower Aws:RateShare or spread the sweeps.", "WatchdogAwsThrottled", "watchdog-worker"),
        [IncidentKinds.AwsDenied] = new(TimeSpan.Zero, 0, 0, false, false, "worker denied by AWS: {0}", "workers denied by AWS: {0}",
            "Find the missing permission ('watchdog doctor') and attach the policy anew ('watchdog iam-policy').", "WatchdogAwsDenied", "watchdog-worker"),
        [IncidentKinds.Budget] = new(Gathering, 0, 0, false, false, "month's budget for AWS calls is nearly or wholly spent", "month's budgets for AWS calls are nearly or wholly spent",
            "Raise the budget or accept fewer screens until the month ends.", "WatchdogAwsBudget", "watchdog-worker"),
        [IncidentKinds.Database] = new(TimeSpan.Zero, 0, 0, false, false, "trouble with the database: {0}", "troubles with the database: {0}",
            "Look at Postgres: load, disk, and transactions that stay open.", "IncidentDatabase", "watchdog-worker"),
        [IncidentKinds.Outbox] = new(TimeSpan.Zero, 0, 0, false, false, "receiver that messages do not reach: {0}", "receivers that messages do not reach: {0}",
            "See what the receiver answers; messages go by themselves when it is back, dead ones are replayed.", "WatchdogOutboxStuck", "watchdog-worker"),
        [IncidentKinds.Worker] = new(Gathering, 0, 0, false, false, "worker ended without a good-bye", "workers ended without a good-bye",
            "See whether it was started again ('watchdog nodes') and why it ended.", "WatchdogWorkerDown", "watchdog-worker"),
        [IncidentKinds.WakeUp] = new(Gathering, 0, 50, false, false, "VM that cannot start for want of capacity", "VMs that cannot start for want of capacity",
            "Tell the owners, or let the VMs start as another instance type or in another zone.", "IncidentWakeUp", "watchdog-fleet"),
        [IncidentKinds.Schedule] = new(Gathering, 0, 0, false, false, "scope in which schedule {0} stops nobody", "scopes in which schedule {0} stops nobody",
            "Give the schedule more time between its stop and its start, or fewer VMs: until then they run on.", "IncidentSchedule", "watchdog-idle"),
        [IncidentKinds.Inventory] = new(Gathering, 0, 3, true, false, "scope whose listing lost over half of its VMs", "scopes whose listings lost over half of their VMs",
            "See in EC2's console whether the VMs are there, and who ended them ('watchdog doctor').", "IncidentInventory", "watchdog-fleet"),
        [IncidentKinds.Books] = new(Gathering, 0, 0, false, false, "day of the uptime books was broken", "days of the uptime books were broken",
            "Run 'watchdog slo check': what the keeper has mended is gone from it, what is left it names.", "IncidentBooks", "watchdog-slo"),
    };

    /// <summary>The rule of a kind.</summary>
    /// <exception cref="KeyNotFoundException">There is no such kind.</exception>
    public static KindRule Of(string kind) => Rules[kind];
}
