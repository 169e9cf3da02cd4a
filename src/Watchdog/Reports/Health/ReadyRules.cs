namespace Watchdog.Reports.Health;

/// <summary>What the question "ready?" is decided by.</summary>
/// <param name="Database">Why the database does not answer; null when it does.</param>
/// <param name="Schema">Why the schema is not the one to work on; null when it is.</param>
/// <param name="Scopes">Scopes that are configured.</param>
/// <param name="Listed">Of them, those that were listed completely at least once.</param>
/// <param name="OthersWork">Another worker took a lease within the last minutes.</param>
public sealed record ReadyFacts(string? Database, string? Schema, int Scopes, int Listed, bool OthersWork);

/// <summary>Whether this worker is ready, and why.</summary>
public static class ReadyRules
{
    /// <summary>
    /// Decides. One scope that cannot be listed takes no worker out of service, so one complete listing is enough; a worker that stands by while
    /// another one works is ready to take over.
    /// </summary>
    public static (bool Ready, string Reason) Decide(ReadyFacts facts)
    {
        if (facts.Database is { } away)
        {
            return (false, $"the database does not answer: {away}");
        }

        if (facts.Schema is { } wrong)
        {
            return (false, $"the schema is not this program's: {wrong}");
        }

        return facts switch
        {
            { Listed: > 0 } => (true, $"{facts.Listed} of {facts.Scopes} scopes were listed"),
            { OthersWork: true } => (true, "stands by: another worker holds the leases"),
            _ => (false, $"warming up: none of {facts.Scopes} scopes was listed completely yet"),
        };
    }
}
