namespace Watchdog.FleetSim.Behaviours;

/// <summary>What goes on in a VM when its owner has left for the day.</summary>
internal enum AfterWork
{
    /// <summary>Nothing: it is idle.</summary>
    Nothing,
    /// <summary>His session stays open, and nobody types.</summary>
    OpenSession,
    /// <summary>A process that takes little CPU, and neither network nor disk.</summary>
    SilentBatch,
    /// <summary>A training run: CPU flat and high, no network, hardly any disk.</summary>
    Training,
}

/// <summary>How somebody uses a VM, day by day on his own clock.</summary>
/// <param name="Workday">Chance of coming on a workday.</param>
/// <param name="Weekend">Chance of coming on a Saturday or Sunday.</param>
/// <param name="From">He comes within three hours from this one on.</param>
/// <param name="Hours">He stays so long, and up to three hours more.</param>
/// <param name="After">What goes on when he has left.</param>
/// <param name="AfterChance">On what share of his days.</param>
/// <param name="AfterHours">How long at least; up to twice as long.</param>
/// <param name="Serves">Nobody logs in: others hold a quiet connection open.</param>
internal sealed record WeekHabit(
    string Kind, double Workday, double Weekend, double From, double Hours, AfterWork After = AfterWork.Nothing, double AfterChance = 1, double AfterHours = 3,
    bool Serves = false);
