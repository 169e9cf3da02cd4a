using System.Globalization;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Burning;

/// <summary>
/// Whether many VMs of a group went bad at once: a burn rate is a mean and comes late. What is unknown speaks against a change either way: before, it may
/// have been bad already; now, it may be bad still.
/// </summary>
/// <param name="Firing">Many went bad, and most of them are.</param>
/// <param name="Baseline">How many were bad before, while firing; the step is over when they are nearly as few again.</param>
/// <param name="Reason">The numbers, in a sentence.</param>
public sealed record StepJudgement(bool Firing, double Baseline, string Reason)
{
    /// <summary>How long before is looked at, minutes.</summary>
    public const int Back = 15;

    /// <summary>The span of both looks, minutes: the books' bucket.</summary>
    public const int Span = 5;

    /// <summary>Judges one group.</summary>
    /// <param name="now">The last five minutes up to the watermark.</param>
    /// <param name="before">The five minutes that lie 15 before those.</param>
    /// <param name="firingSince">The baseline while it fires; null while it does not.</param>
    /// <param name="options">How many are many.</param>
    public static StepJudgement Of(Tally now, Tally before, double? firingSince, BurnOptions options)
    {
        var (bad, vms) = (Vms(now.Bad), Vms(now.Good + now.Bad + now.Unknown));
        var many = Math.Max(options.StepVms, (double)options.StepPercent / 100 * vms);
        if (firingSince is { } baseline)
        {
            var perhaps = Vms(now.Bad + now.Unknown);
            var over = perhaps - baseline < many / 2;
            return new(!over, over ? 0 : baseline, string.Create(
                CultureInfo.InvariantCulture,
                $"{bad:0.#} of {vms:0} VMs are bad{Unknown(now)}, {baseline:0.#} were before the step; it is over below {baseline + (many / 2):0.#}"));
        }

        var level = Vms(before.Bad + before.Unknown);
        return new(bad - level >= many, bad - level >= many ? level : 0, string.Create(
            CultureInfo.InvariantCulture,
            $"{bad:0.#} of {vms:0} VMs are bad, {Vms(before.Bad):0.#}{Unknown(before)} were {Back} minutes before; {many:0.#} more are a step"));
    }

    private static double Vms(long minutes) => (double)minutes / Span;

    private static string Unknown(Tally window) =>
        window.Unknown == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" and {Vms(window.Unknown):0.#} unknown");
}
