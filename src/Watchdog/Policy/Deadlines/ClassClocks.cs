using Microsoft.Extensions.Options;
using Watchdog.Detectors.Findings;
using Watchdog.Ledger;
using Watchdog.Policy.Ladders;

namespace Watchdog.Policy.Deadlines;

/// <summary>What a class's clock does when it falls due.</summary>
public enum ClockDuty
{
    /// <summary>People are told that nobody has decided.</summary>
    Escalate,
    /// <summary>The case is released.</summary>
    Release,
}

/// <summary>Clocks by class, as the settings have them.</summary>
public sealed class ClassClocks(IOptions<PolicyOptions> options) : ICaseClocks
{
    /// <inheritdoc/>
    public CaseClock? For(string found, DateTimeOffset now) => RuleOf(found) is { } rule && rule.Clock > TimeSpan.Zero
        ? new CaseClock(now + rule.Clock, rule.ClockDoes == ClockDuty.Release ? CaseClock.Release : CaseClock.Escalate)
        : null;

    private ClassRule? RuleOf(string found) =>
        found == Finding.NameOf(FindingClass.Miner) ? options.Value.Miner
        : found == Finding.NameOf(FindingClass.ForkBomb) ? options.Value.ForkBomb
        : found == Finding.NameOf(FindingClass.Runaway) ? options.Value.Runaway
        : found == Finding.NameOf(FindingClass.Panic) ? options.Value.Panic
        : null;
}
