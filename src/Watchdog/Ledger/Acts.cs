namespace Watchdog.Ledger;

/// <summary>What can be done to a VM; the names in column <c>act.kind</c>.</summary>
public static class ActKinds
{
    /// <summary>The owner is told, and nothing else is done.</summary>
    public const string Warn = "warn";
    /// <summary>The guest's own cgroup caps one process, by SSM's document <c>Watchdog-Restrain</c>.</summary>
    public const string Restrain = "restrain";
    /// <summary>Every network interface into the containment group.</summary>
    public const string Quarantine = "quarantine";
    /// <summary>StopInstances.</summary>
    public const string Stop = "stop";
    /// <summary>RebootInstances, for a VM that is dead.</summary>
    public const string Reboot = "reboot";
    /// <summary>The owner may start no VM until the block ends; nothing is done to the VM.</summary>
    public const string Block = "block";
    /// <summary>Whoever is logged in is told, by SSM's document <c>Watchdog-Notify</c>; nothing else changes.</summary>
    public const string Notify = "notify";
    /// <summary>The tag of an idle stop is taken off a VM that somebody started again; nothing else changes.</summary>
    public const string Untag = "untag";
    /// <summary>Undo what was done to the VM for this case.</summary>
    public const string Release = "release";
}

/// <summary>Why a VM is acted on; the names in column <c>act.purpose</c>.</summary>
public static class ActPurposes
{
    /// <summary>Abuse or a dead guest: the act belongs to a case, which a person reviews.</summary>
    public const string Abuse = "abuse";
    /// <summary>Nobody uses it: the act has no case.</summary>
    public const string Idle = "idle";
}

/// <summary>States of an act; the names in column <c>act.state</c>.</summary>
public static class ActStates
{
    /// <summary>Would have been proposed; mode observe.</summary>
    public const string Observed = "observed";
    /// <summary>Waits for admission or for a person.</summary>
    public const string Proposed = "proposed";
    /// <summary>May begin: caps and guards have been passed.</summary>
    public const string Admitted = "admitted";
    /// <summary>Its plan and steps are journalled; no call was made.</summary>
    public const string Planned = "planned";
    /// <summary>Calls are being made, or may have been.</summary>
    public const string Executing = "executing";
    /// <summary>AWS accepted every call; whether the VM is contained is not proven yet.</summary>
    public const string Applied = "applied";
    /// <summary>Every effect was seen by reading the VM again, and nothing leaks.</summary>
    public const string Verified = "verified";
    /// <summary>Every change is in force, and the data that would prove its effect never came.</summary>
    public const string Unverifiable = "unverifiable";
    /// <summary>Its changes are in force and did not hold the VM: a stop takes over.</summary>
    public const string Escalated = "escalated";
    /// <summary>It ended without its effect; the detail says why.</summary>
    public const string Failed = "failed";
    /// <summary>It was undone.</summary>
    public const string Released = "released";
    /// <summary>Watchdog will not do it; the detail says why.</summary>
    public const string Refused = "refused";
    /// <summary>Its ground went away before it began.</summary>
    public const string Withdrawn = "withdrawn";
}

/// <summary>States of a step; the names in column <c>step.state</c>.</summary>
public static class StepStates
{
    /// <summary>Journalled; no call was made.</summary>
    public const string Planned = "planned";
    /// <summary>A call is about to be made, or was made and its effect was not seen yet.</summary>
    public const string Executing = "executing";
    /// <summary>Its effect was seen.</summary>
    public const string Done = "done";
    /// <summary>There was nothing to do, and there is nothing to undo.</summary>
    public const string Skipped = "skipped";
    /// <summary>It ended without its effect.</summary>
    public const string Failed = "failed";
}

/// <summary>States of a case; the names in column <c>case_file.state</c>.</summary>
public static class CaseStates
{
    /// <summary>Nothing has been done to the VM.</summary>
    public const string Open = "open";
    /// <summary>An act on the VM took effect; nobody has ruled.</summary>
    public const string Contained = "contained";
    /// <summary>What was done was undone.</summary>
    public const string Released = "released";
    /// <summary>A person ruled that it was right.</summary>
    public const string Confirmed = "confirmed";
    /// <summary>The behaviour ended, or the VM is gone, and nothing of Watchdog's is left on it.</summary>
    public const string Closed = "closed";
}
