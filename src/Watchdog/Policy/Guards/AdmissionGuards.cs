namespace Watchdog.Policy.Guards;

/// <summary>What stands before every candidate.</summary>
/// <param name="Brake">The kill switch.</param>
/// <param name="Shards">What the shards reported last.</param>
/// <param name="Demoted">Classes whose detector lost the right to act by itself.</param>
internal sealed record AdmissionGuards(Brake Brake, ShardReports Shards, IReadOnlySet<string> Demoted);
