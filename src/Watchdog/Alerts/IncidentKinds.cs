namespace Watchdog.Alerts;

/// <summary>The kinds of incident; names in the database, in routes and in every receiver's payload. Each has a runbook.</summary>
public static class IncidentKinds
{
    /// <summary>VMs that mine, bomb, run away or are dead; the technique is the case's class.</summary>
    public const string Abuse = "abuse";
    /// <summary>An act that failed or escalated.</summary>
    public const string Containment = "containment";
    /// <summary>The brake is on.</summary>
    public const string Brake = "brake";
    /// <summary>Acts wait too long for a person.</summary>
    public const string Approval = "approval";
    /// <summary>A case's clock, or that of its owner's appeal, fell due without a ruling.</summary>
    public const string Appeal = "appeal";
    /// <summary>An objective's error budget burns.</summary>
    public const string SloBurn = "slo-burn";
    /// <summary>Many VMs went bad at once.</summary>
    public const string SloStep = "slo-step";
    /// <summary>Too many VMs were not judged in time.</summary>
    public const string Coverage = "coverage";
    /// <summary>AWS throttles a call.</summary>
    public const string AwsThrottled = "aws-throttled";
    /// <summary>AWS denies a call.</summary>
    public const string AwsDenied = "aws-denied";
    /// <summary>The month's budget for AWS calls is spent, or nearly.</summary>
    public const string Budget = "budget";
    /// <summary>Postgres is slow, was away, or holds the event log up.</summary>
    public const string Database = "database";
    /// <summary>Messages wait or died in the outbox.</summary>
    public const string Outbox = "outbox";
    /// <summary>A worker ended without a good-bye.</summary>
    public const string Worker = "worker";
    /// <summary>Scheduled starts that EC2 has no capacity for.</summary>
    public const string WakeUp = "wake-up";
    /// <summary>A schedule's time stopped nobody: its VMs could not be started again in time. The technique is the schedule.</summary>
    public const string Schedule = "schedule";
    /// <summary>A scope's listing held less than half of the VMs that were known.</summary>
    public const string Inventory = "inventory";
    /// <summary>The uptime books of a day did not hold together.</summary>
    public const string Books = "books";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Abuse, Containment, Brake, Approval, Appeal, SloBurn, SloStep, Coverage, AwsThrottled, AwsDenied, Budget, Database, Outbox, Worker, WakeUp, Schedule, Inventory, Books];
}
