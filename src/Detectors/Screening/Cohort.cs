using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Features;
using static System.FormattableString;

namespace Watchdog.Detectors.Screening;

/// <summary>What running VMs of one type and image usually take: what a VM without history of its own is held against.</summary>
/// <param name="InstanceType">EC2's type name.</param>
/// <param name="ImageId">The image; null when it is not known, and then the type alone makes the cohort.</param>
/// <param name="Members">Members with enough history.</param>
/// <param name="Usual">Their usual upper level, percent, 0 to 100.</param>
public sealed record Cohort(string InstanceType, string? ImageId, int Members, float Usual)
{
    /// <summary>A member's usual upper level: the quantile of its hourly p95s that stands for "usual" in the screen, percent.</summary>
    /// <returns>NaN with fewer than <see cref="ScreenOptions.ColdHours"/> of history: such a VM is no measure for others.</returns>
    public static float LevelOf(in Baseline baseline, DateTimeOffset now, ScreenOptions options)
    {
        var lag = baseline.HoursAfter(now.AddHours(-options.LagHours));
        var history = baseline.KnownHours - lag;
        return history < options.ColdHours ? float.NaN : Stat.Quantile(baseline.P95s[(Baseline.Hours - lag - history)..^lag], options.UsualQuantile);
    }

    /// <summary>The cohort of its members' levels.</summary>
    /// <param name="levels">From <see cref="LevelOf"/>, NaN where unknown; any order, up to 1024.</param>
    /// <returns>Null with fewer than <see cref="ScreenOptions.CohortMembers"/> known levels.</returns>
    public static Cohort? Of(string instanceType, string? imageId, ReadOnlySpan<float> levels, ScreenOptions options)
    {
        var members = Stat.Known(levels);
        return members == 0 || members < options.CohortMembers ? null
            : new Cohort(instanceType, imageId, members, Stat.Quantile(levels, options.CohortQuantile));
    }

    /// <summary>In words, as a reason ends with it.</summary>
    public override string ToString() => ImageId is null
        ? Invariant($"the cohort of {Members} VMs of {InstanceType} is usually at {Usual:0.#} % or less")
        : Invariant($"the cohort of {Members} VMs of {InstanceType} with image {ImageId} is usually at {Usual:0.#} % or less");
}
