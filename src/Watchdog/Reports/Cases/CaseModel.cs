using Watchdog.Detection;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Ledger.Appeals;
using Watchdog.Reports.Quarantine;
using Watchdog.Reports.Queue;

namespace Watchdog.Reports.Cases;

/// <summary>A case as its page shows it.</summary>
/// <param name="Told">The same, as the reports tell it.</param>
/// <param name="Seen">What the verdict stood on; null where nothing was frozen, or this version cannot read it.</param>
/// <param name="Vm">The VM as inventory has it now; null where it was never listed.</param>
/// <param name="Exhibits">What was kept before the acts, by act.</param>
/// <param name="Appeal">What the owner objected; null where they did not.</param>
/// <param name="Back">The page that the reader came from.</param>
/// <param name="Near">Its neighbours in the queue that the reader came from.</param>
public sealed record CaseModel(
    WholeCase Whole, ReportedCase Told, DecidingLook? Seen, VmSheet? Vm, OwnerSheet Owner, IReadOnlyList<SimilarCase> Similar, ILookup<long, Exhibit> Exhibits,
    CaseCharts Charts, AppealRecord? Appeal, string Back, Neighbours Near)
{
    /// <summary>The case.</summary>
    public CaseRecord Case => Whole.Case;
}

/// <summary>What a verdict stood on.</summary>
/// <param name="At">When it was frozen.</param>
/// <param name="Processes">The processes, the busiest first, each with the signs that it bears.</param>
/// <param name="Change">How the guest had changed since the look before; null where there was one look at most.</param>
public sealed record DecidingLook(
    DateTimeOffset At, Frozen Facts, IReadOnlyList<MarkedProcess> Processes, IReadOnlyList<MarkedConnection> Connections, SnapshotChange? Change);

/// <summary>What is known of an owner.</summary>
/// <param name="Since">The first sight of a VM of theirs; null where none was ever listed.</param>
/// <param name="Vms">VMs that are there.</param>
/// <param name="Running">Those of them that run.</param>
/// <param name="Rulings">The latest rulings on their last <see cref="CasesLookedAt"/> other cases, with how many; <c>none</c> where nobody ruled.</param>
/// <param name="Cases">The newest of these cases, each with its latest ruling.</param>
public sealed record OwnerSheet(DateTimeOffset? Since, int Vms, int Running, IReadOnlyList<(string Ruling, int Cases)> Rulings, IReadOnlyList<(CaseRecord Case, string? Ruling)> Cases)
{
    /// <summary>Other cases that are looked at.</summary>
    public const int CasesLookedAt = 200;
}

/// <summary>An open case that is like another one.</summary>
/// <param name="Why">In what: owner, executable, image, technique.</param>
public sealed record SimilarCase(CaseRecord Case, IReadOnlyList<string> Why);

/// <summary>A case's curves.</summary>
/// <param name="Sources">Where the CPU's points came from, in a sentence.</param>
/// <param name="Filled">Whether CloudWatch was asked.</param>
public sealed record CaseCharts(Curves Curves, UsualBand? Band, IReadOnlyList<ChartMark> Marks, string Sources, bool Filled);
