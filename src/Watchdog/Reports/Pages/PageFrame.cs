using Watchdog.Http.Access;

namespace Watchdog.Reports.Pages;

/// <summary>What every page shows around its own: who looks, at what instant, and how the fleet stands.</summary>
/// <param name="Here">Path and query of the page, to come back to after an act.</param>
/// <param name="Now">Fleet time.</param>
/// <param name="Standing">How the fleet stood a second ago; null while that is not known.</param>
/// <param name="Told">What became of what the visitor has just asked for; null: nothing was.</param>
public sealed record PageFrame(Visitor Visitor, string Here, DateTimeOffset Now, Standing? Standing, string? Told)
{
    /// <summary>Whether the visitor may do what a role may.</summary>
    public bool May(Role role) => Visitor.Role >= role;
}

/// <summary>What stands on top of each page.</summary>
/// <param name="Mode"><c>observe propose enforce</c>.</param>
/// <param name="Brake">Why the brake is on; null: it is off.</param>
/// <param name="Open">Open cases.</param>
/// <param name="Waiting">What waits for a person's word: cases with acts, and exemptions that a second person has to approve.</param>
/// <param name="Event">The newest event of the log: when it grows, pages are out of date.</param>
public sealed record Standing(string Mode, string? Brake, int Open, int Waiting, long Event);
