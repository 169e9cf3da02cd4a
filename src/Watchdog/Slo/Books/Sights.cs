using Watchdog.Slo.Classing;
using Watchdog.Slo.History;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Books;

/// <summary>What a scope's coverage says about its books; pure.</summary>
public static class Sights
{
    /// <summary>
    /// The first minute that is not known yet. A look that is missing for less than the time after which a scope is blind leaves its minutes
    /// open: the next look decides what they were. A scope that is blind is known to be.
    /// </summary>
    public static int Watermark(ScopeSight sight, TimeSpan blindAfter, DateTimeOffset now) =>
        Math.Min(Minute.Of(now), Math.Min(Known(sight.Inventory, blindAfter, now), Known(sight.Status, blindAfter, now)));

    /// <summary>The first of the minutes [from, to) at which the scope became blind or saw again; null when none is.</summary>
    public static int? Turn(ScopeSight sight, TimeSpan blindAfter, DateTimeOffset now, int from, int to)
    {
        var turns = Gap.Of("inventory", sight.Scope, sight.Inventory, blindAfter, now, from - 1)
            .Concat(Gap.Of("status", sight.Scope, sight.Status, blindAfter, now, from - 1))
            .SelectMany(gap => (int[])[gap.FromMin, gap.ToMin]).Where(minute => minute >= from && minute < to);
        return turns.Select(minute => (int?)minute).Min();
    }

    private static int Known(IReadOnlyList<SightSpan> spans, TimeSpan blindAfter, DateTimeOffset now)
    {
        var seen = spans.Where(span => span.Seen).Select(span => (DateTimeOffset?)span.To).Max();
        return seen is { } last && now - last <= blindAfter ? Minute.Of(last) : Minute.Of(now);
    }
}
