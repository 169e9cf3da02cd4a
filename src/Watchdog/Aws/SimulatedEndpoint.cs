namespace Watchdog.Aws;

/// <summary>A simulated Region in this process, in place of AWS: the demo's and the tests'.</summary>
/// <param name="Url">Where it listens, on loopback.</param>
/// <param name="Rates">The clock of the rate budgets: the simulator's, where it throttles by scaled time; null for no limits, which a clock
/// that is stepped by hand needs.</param>
public sealed record SimulatedEndpoint(Uri Url, TimeProvider? Rates);
