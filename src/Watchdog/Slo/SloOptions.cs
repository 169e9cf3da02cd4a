using Microsoft.Extensions.Options;
using Watchdog.Slo.Burning;
using Watchdog.Slo.Classing;
using Watchdog.Slo.Objectives;

namespace Watchdog.Slo;

/// <summary>The uptime definition's free choices and how long its books are kept. Section <c>Slo</c>. All times are fleet time.</summary>
public sealed class SloOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Slo";

    /// <summary>How long a VM may be pending or initializing before its minutes are bad, 0 to 1 hour; default 10 minutes.</summary>
    public TimeSpan BootGrace { get; set; } = MinuteRules.Default.BootGrace;

    /// <summary>How long a containment may go without a ruling before all of its minutes are bad, 1 hour to 30 days; default 72 hours.</summary>
    public TimeSpan RulingDue { get; set; } = MinuteRules.Default.RulingDue;

    /// <summary>A scope that was not seen for longer is unknown, 1 minute to 1 hour; default 2 minutes, two listings.</summary>
    public TimeSpan BlindAfter { get; set; } = MinuteRules.Default.BlindAfter;

    /// <summary>Whether the minutes of maintenance that AWS had announced are excluded; default false: they are bad.</summary>
    public bool MaintenanceExcluded { get; set; } = MinuteRules.Default.MaintenanceExcluded;

    /// <summary>Whether the minutes of a spot VM that AWS took back are excluded; default true. False: they are bad.</summary>
    public bool SpotExcluded { get; set; } = MinuteRules.Default.SpotExcluded;

    /// <summary>Days after a month's end at which it is closed, 1 to 60; default 7. What changes in it later is an amendment.</summary>
    public int CloseAfterDays { get; set; } = 7;

    /// <summary>Months kept before the present one, 2 to 120; default 13. Older ones are dropped whole.</summary>
    public int KeepMonths { get; set; } = 13;

    /// <summary>
    /// What is promised. Empty (default): 99.5 % for each VM, for reports; 99.95 % for each Region, each type and the fleet, which page. A list that is not
    /// empty is the whole of it.
    /// </summary>
    public List<ObjectiveOption> Objectives { get; set; } = [];

    /// <summary>When a burn rate can be told, and how many VMs at once are a step.</summary>
    public BurnOptions Burn { get; set; } = new();

    /// <summary>The rules that these choices make.</summary>
    public MinuteRules Rules => new(BootGrace, RulingDue, BlindAfter, MaintenanceExcluded, SpotExcluded);
}

/// <summary>Checks the whole section and names every error at once.</summary>
public sealed class SloOptionsValidator : IValidateOptions<SloOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, SloOptions options)
    {
        List<string> errors = [];
        Check(options.BootGrace >= TimeSpan.Zero && options.BootGrace <= TimeSpan.FromHours(1), "BootGrace", options.BootGrace, "0 to 1 hour");
        Check(options.RulingDue >= TimeSpan.FromHours(1) && options.RulingDue <= TimeSpan.FromDays(30), "RulingDue", options.RulingDue, "1 hour to 30 days");
        Check(options.BlindAfter >= TimeSpan.FromMinutes(1) && options.BlindAfter <= TimeSpan.FromHours(1), "BlindAfter", options.BlindAfter, "1 minute to 1 hour");
        Check(options.CloseAfterDays is >= 1 and <= 60, "CloseAfterDays", options.CloseAfterDays, "1 to 60");
        Check(options.KeepMonths is >= 2 and <= 120, "KeepMonths", options.KeepMonths, "2 to 120");
        errors.AddRange(ObjectiveList.Errors(options.Objectives));
        errors.AddRange(options.Burn.Errors());
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        void Check(bool holds, string key, object value, string range)
        {
            if (!holds)
            {
                errors.Add(FormattableString.Invariant($"{SloOptions.Section}:{key} is {value}; it must be {range}."));
            }
        }
    }
}
