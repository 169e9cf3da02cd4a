using Watchdog.IdleShutdown;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Reports.Quarantine;
using Watchdog.Slo.Telling;

namespace Watchdog.Reports.Vms;

/// <summary>A VM as its page shows it.</summary>
/// <param name="Sheet">What inventory knows.</param>
/// <param name="Reasons">Why it was touched, or was not.</param>
/// <param name="Band">Where its CPU usually lies; null: no hour of it is known.</param>
/// <param name="Idle">How it stands with regard to idle stops; null: it is gone.</param>
/// <param name="Holds">Those that were ever placed, newest first.</param>
/// <param name="Exemption">The one in force that covers it the longest; null: none does.</param>
/// <param name="Uptime">Its minutes of 30 days; null: the books do not know it.</param>
/// <param name="Transitions">Its last changes of state, newest first.</param>
/// <param name="CaselessActs">Idle stops and their undoing, newest first.</param>
public sealed record VmModel(
    VmSheet Sheet, IReadOnlyList<string> Reasons, UsualBand? Band, IdleStanding? Idle, IReadOnlyList<Hold> Holds, Exemption? Exemption, VmUptime? Uptime,
    IReadOnlyList<CaseRecord> Cases, IReadOnlyList<VmTransition> Transitions, IReadOnlyList<ActRecord> CaselessActs);

/// <summary>A change of a VM's state.</summary>
public sealed record VmTransition(DateTimeOffset At, string? From, string To, string? Reason);

/// <summary>A page of VMs that were searched for.</summary>
/// <param name="Text">An instance id or an owner, as it begins; empty: all.</param>
/// <param name="After">The id after which the page begins; null: the first page.</param>
/// <param name="Next">The id after which the next page begins; null: there is none.</param>
public sealed record VmList(string Text, string? After, IReadOnlyList<VmLine> Vms, string? Next)
{
    /// <summary>VMs a page.</summary>
    public const int PageSize = 50;
}

/// <summary>A VM in a list.</summary>
/// <param name="OpenCase">Null: it has none.</param>
public sealed record VmLine(string InstanceId, string Owner, string? Plan, string State, DateTimeOffset StateSince, string InstanceType, string? Zone, bool IsGone, long? OpenCase);
