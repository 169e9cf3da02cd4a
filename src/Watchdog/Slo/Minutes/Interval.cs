namespace Watchdog.Slo.Minutes;

/// <summary>Consecutive minutes of one VM with one cause, [From, To).</summary>
/// <param name="From">First minute.</param>
/// <param name="To">First minute after; <see cref="Minute.Open"/> while it lasts.</param>
/// <param name="Cause">Why they have their class.</param>
/// <param name="Agent">What is known of the agent in them; told of good minutes only.</param>
public readonly record struct Interval(int From, int To, Cause Cause, AgentSeen Agent)
{
    /// <summary>What the minutes count as.</summary>
    public MinuteClass Class => Causes.ClassOf(Cause);
}

/// <summary>Whether the guest's agent answered: the second SLI, never mixed into the first.</summary>
public enum AgentSeen : short
{
    /// <summary>Nobody asked, or SSM does not manage the VM.</summary>
    Unknown,
    /// <summary>It pinged within eleven minutes.</summary>
    Reached,
    /// <summary>It had stopped pinging.</summary>
    Silent,
}
