using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Objectives;

/// <summary>
/// The figure that can be laid beside a cloud provider's own service level: 1 - (bad minutes that the provider caused / all minutes of the calendar
/// month). AWS's is "100 % minus the percentage of minutes of the month" without connectivity, a VM at a time (aws.amazon.com/compute/sla).
/// </summary>
public static class ProviderFigure
{
    /// <summary>Whether the provider answers for a cause: announced or not, the maintenance of its hosts is its own.</summary>
    public static bool Answers(Cause cause) => cause is Cause.Provider or Cause.Maintenance;

    /// <summary>The figure, 0 to 1; null without a VM.</summary>
    /// <param name="provider">Bad VM-minutes in the month for which the provider answers.</param>
    /// <param name="vms">VMs that they are spread over.</param>
    /// <param name="month">Any minute of the month.</param>
    public static double? Of(long provider, long vms, int month) =>
        vms == 0 ? null : 1 - ((double)provider / ((double)vms * (Minute.NextMonth(month) - Minute.MonthOf(month))));
}
