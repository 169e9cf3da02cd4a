using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Reading;

/// <summary>An interval as it stands in the books.</summary>
/// <param name="Interval">Its minutes, cut to the span that was asked for and, where it is open, at its scope's watermark.</param>
/// <param name="Group">Key in <c>slo_group</c>: whose the VM was, and what.</param>
/// <param name="Open">Whether it was still lasting at the watermark.</param>
public sealed record BookedInterval(Interval Interval, int Group, bool Open);
