using System.Globalization;
using Watchdog.Enforcement.Governing;

namespace Watchdog.Cli.Acts;

/// <summary>An estimate in words.</summary>
internal static class EstimateWords
{
    public static string Of(Estimate estimate, DateTimeOffset now) => estimate.Most == TimeSpan.Zero
        ? "nothing admitted is left to do"
        : $"what is admitted takes {Span(estimate.Least)} to {Span(estimate.Most)}, until {Screen.At(now + estimate.Most)} at the latest"
            + (estimate.Bottleneck is { } bucket ? $"; the slowest rate is that of {bucket}" : "");

    public static string Span(TimeSpan span) => span < TimeSpan.FromMinutes(2)
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(span.TotalSeconds)} s")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(span.TotalMinutes)} min");
}
