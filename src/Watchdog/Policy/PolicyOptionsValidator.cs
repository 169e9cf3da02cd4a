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
        var memory = options.RulingMemory;
        Check(memory >= TimeSpan.Zero && memory <= TimeSpan.FromDays(365), "RulingMemory", memory, "0 to 365 days");
        var caps = options.Caps;
        Check(caps.PerFiveMinutes is >= 0 and <= 10_000, "Caps:PerFiveMinutes", caps.PerFiveMinutes, "0 to 10,000");
        Check(caps.PerHour is >= 0 and <= 100_000, "Caps:PerHour", caps.PerHour, "0 to 100,000");
        Check(caps.PerOwnerAndHour is >= 0 and <= 10_000, "Caps:PerOwnerAndHour", caps.PerOwnerAndHour, "0 to 10,000");
        Check(caps.FleetPercentPerDay is >= 0 and <= 100, "Caps:FleetPercentPerDay", caps.FleetPercentPerDay, "0 to 100");
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
