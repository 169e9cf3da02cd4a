using Watchdog.Diagnostics;
using Watchdog.FleetSim;

namespace Watchdog.Bench.Week.Play;

/// <summary>All that a life of the worker begins with.</summary>
/// <param name="At">The fleet's instant.</param>
/// <param name="Region">Where AWS answers.</param>
internal sealed record WeekBirth(DateTimeOffset At, Uri Region, IReadOnlyDictionary<string, string?> Settings);

/// <summary>Where a worker is to begin.</summary>
/// <param name="Birth">What it is told.</param>
/// <param name="Clock">The fleet's, which it steps.</param>
/// <param name="Region">The Region itself, for who watches the worker from outside.</param>
internal sealed record WeekStage(WeekBirth Birth, SteppedTime Clock, SimulatedRegion Region);
