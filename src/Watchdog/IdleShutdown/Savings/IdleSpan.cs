namespace Watchdog.IdleShutdown.Savings;

/// <summary>The time for which an idle stop kept a VM switched off.</summary>
/// <param name="Act">Key in <c>act</c>.</param>
/// <param name="Owner">Whose the VM was when it was stopped; likewise the others.</param>
/// <param name="Policy">The policy that stopped it.</param>
/// <param name="From">When it was seen to be stopped.</param>
/// <param name="To">When it was started again, or ended for good; null: neither yet.</param>
/// <param name="KnownUntil">When its VM was listed last: what comes after, nobody knows.</param>
/// <param name="StartedByPerson">Somebody started it again, and not Watchdog by itself.</param>
public sealed record IdleSpan(
    long Act, string InstanceId, string Owner, string InstanceType, string Region, string Policy, DateTimeOffset From, DateTimeOffset? To, DateTimeOffset KnownUntil, bool StartedByPerson)
{
    /// <summary>It was hibernated, which kept its memory; false: stopped.</summary>
    public bool Hibernated { get; init; }

    /// <summary>Somebody who starts a VM again so soon wanted it on.</summary>
    public static readonly TimeSpan Regret = TimeSpan.FromMinutes(30);

    /// <summary>Somebody started it again within half an hour.</summary>
    public bool Regretted => StartedByPerson && To - From < Regret;

    /// <summary>What of it lies in [since, until), hours.</summary>
    public double HoursIn(DateTimeOffset since, DateTimeOffset until)
    {
        var (from, to) = (From > since ? From : since, (To ?? KnownUntil) is var end && end < until ? end : until);
        return to > from ? (to - from).TotalHours : 0;
    }
}
