using Microsoft.Extensions.Options;
using Watchdog.Policy.Ladders;

namespace Watchdog.Policy;

/// <summary>Checks the whole section and names every error at once.</summary>
public sealed class PolicyOptionsValidator : IValidateOptions<PolicyOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, PolicyOptions options)
    {
        List<string> errors = [];
        Check(Enum.IsDefined(options.Mode), "Mode", options.Mode, "one of Observe, Propose, Enforce");
        errors.AddRange(LadderChecks.Errors(options));
        errors.AddRange(options.Admission.Errors());
        foreach (var (key, rule) in ((string, ClassRule)[])[("Miner", options.Miner), ("ForkBomb", options.ForkBomb), ("Runaway", options.Runaway), ("Panic", options.Panic)])
        {
            var clock = rule.Clock;
            Check(clock == TimeSpan.Zero || clock >= TimeSpan.FromMinutes(1) && clock <= TimeSpan.FromDays(365), $"{key}:Clock", clock, "0 or 1 minute to 365 days");
            Check(Enum.IsDefined(rule.ClockDoes), $"{key}:ClockDoes", rule.ClockDoes, "one of Escalate, Release");
        }

        var memory = options.RulingMemory;
        Check(memory >= TimeSpan.Zero && memory <= TimeSpan.FromDays(365), "RulingMemory", memory, "0 to 365 days");
        var caps = options.Caps;
        Check(caps.PerFiveMinutes is >= 0 and <= 10_000, "Caps:PerFiveMinutes", caps.PerFiveMinutes, "0 to 10,000");
        Check(caps.PerHour is >= 0 and <= 100_000, "Caps:PerHour", caps.PerHour, "0 to 100,000");
        Check(caps.PerOwnerAndHour is >= 0 and <= 10_000, "Caps:PerOwnerAndHour", caps.PerOwnerAndHour, "0 to 10,000");
        Check(caps.FleetPercentPerDay is >= 0 and <= 100, "Caps:FleetPercentPerDay", caps.FleetPercentPerDay, "0 to 100");
        var (brake, precision) = (options.Brake, options.Precision);
        Check(brake.CandidatesFloor is >= 0 and <= 100_000, "Brake:CandidatesFloor", brake.CandidatesFloor, "0 to 100,000");
        Check(brake.CandidatesFactor is >= 1 and <= 1_000, "Brake:CandidatesFactor", brake.CandidatesFactor, "1 to 1,000");
        Check(brake.LeastListedPercent is >= 0 and <= 100, "Brake:LeastListedPercent", brake.LeastListedPercent, "0 to 100");
        Check(brake.LeastJudgedPercent is >= 0 and <= 100, "Brake:LeastJudgedPercent", brake.LeastJudgedPercent, "0 to 100");
        Check(brake.MostEqualPercent is > 0 and <= 100, "Brake:MostEqualPercent", brake.MostEqualPercent, "over 0, up to 100");
        Check(brake.LeastVms is >= 2 and <= 1_000_000, "Brake:LeastVms", brake.LeastVms, "2 to 1,000,000");
        Check(brake.Respite >= TimeSpan.Zero && brake.Respite <= TimeSpan.FromDays(7), "Brake:Respite", brake.Respite, "0 to 7 days");
        Check(precision.Floor is >= 0 and <= 1, "Precision:Floor", precision.Floor, "0 to 1");
        Check(precision.LeastRulings is >= 1 and <= 10_000, "Precision:LeastRulings", precision.LeastRulings, "1 to 10,000");
        Check(precision.Window >= TimeSpan.FromDays(1) && precision.Window <= TimeSpan.FromDays(3_650), "Precision:Window", precision.Window, "1 to 3,650 days");
        var longest = options.LongestExemption;
        Check(longest >= TimeSpan.FromHours(1) && longest <= TimeSpan.FromDays(3_650), "LongestExemption", longest, "1 hour to 3,650 days");
        var (extension, window, proposal) = (options.LongestExtension, options.UndoWindow, options.ProposalLife);
        Check(extension >= TimeSpan.FromHours(1) && extension <= TimeSpan.FromDays(365), "LongestExtension", extension, "1 hour to 365 days");
        Check(window >= TimeSpan.Zero && window <= TimeSpan.FromHours(1), "UndoWindow", window, "0 to 1 hour");
        Check(proposal >= TimeSpan.FromMinutes(1) && proposal <= TimeSpan.FromDays(30), "ProposalLife", proposal, "1 minute to 30 days");
        Check(options.BatchVms is 0 or (>= 2 and <= 1_000), "BatchVms", options.BatchVms, "0 or 2 to 1,000");
        Check(options.BatchWindow >= TimeSpan.FromMinutes(1) && options.BatchWindow <= TimeSpan.FromDays(1), "BatchWindow", options.BatchWindow, "1 minute to 1 day");
        var (history, cadence) = (options.MinimumHistory, options.ShardCadence);
        Check(history >= TimeSpan.Zero && history <= TimeSpan.FromDays(90), "MinimumHistory", history, "0 to 90 days");
        Check(cadence >= TimeSpan.FromSeconds(10) && cadence <= TimeSpan.FromHours(1), "ShardCadence", cadence, "10 seconds to 1 hour");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        void Check(bool holds, string key, object value, string range)
        {
            if (!holds)
            {
                errors.Add(FormattableString.Invariant($"{PolicyOptions.Section}:{key} is {value}; it must be {range}."));
            }
        }
    }
}
