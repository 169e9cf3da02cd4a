using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Books;

/// <summary>What a VM's rows become when its minutes from one on are judged anew; pure.</summary>
public static class Splice
{
    /// <summary>The rows as they should be: joined where neighbours say the same, cut at the ends of months, the last one open while it lasts.</summary>
    /// <param name="stored">The rows, in order: at least all that end after <paramref name="from"/>, and the one that ends there.</param>
    /// <param name="judged">The minutes [from, watermark), in order.</param>
    /// <param name="from">First minute judged.</param>
    /// <param name="watermark">First minute that nobody knows yet, after <paramref name="from"/>.</param>
    public static IReadOnlyList<BookRow> Rows(IReadOnlyList<BookRow> stored, IReadOnlyList<BookRow> judged, int from, int watermark)
    {
        List<BookRow> joined = [];
        foreach (var row in stored.Where(row => row.From < from).Select(row => row with { To = Math.Min(row.To, from) }).Concat(judged))
        {
            if (joined.Count > 0 && joined[^1].To == row.From && joined[^1].Says(row))
            {
                joined[^1] = joined[^1] with { To = row.To };
            }
            else
            {
                joined.Add(row);
            }
        }

        if (joined.Count > 0 && joined[^1].To == watermark)
        {
            joined[^1] = joined[^1] with { To = Minute.Open };
        }

        return [.. joined.SelectMany(row => Months(row, watermark))];
    }

    /// <summary>The stretches in which two lists of rows differ, in order.</summary>
    public static IReadOnlyList<BookChange> Changes(IReadOnlyList<BookRow> before, IReadOnlyList<BookRow> after)
    {
        List<BookChange> changes = [];
        int[] points = [.. before.Concat(after).SelectMany(row => (int[])[row.From, row.To]).Distinct().Order()];
        int b = 0, a = 0;
        for (var i = 0; i + 1 < points.Length; i++)
        {
            var (was, became) = (At(before, ref b, points[i]), At(after, ref a, points[i]));
            if (was is { } old && became is { } now ? old.Says(now) : was is null && became is null)
            {
                continue;
            }

            if (changes.Count > 0 && changes[^1] is var last && last.To == points[i] && Same(last.Was, was) && Same(last.Became, became))
            {
                changes[^1] = last with { To = points[i + 1] };
            }
            else
            {
                changes.Add(new(points[i], points[i + 1], was, became));
            }
        }

        return changes;
    }

    // A month is whole by itself once a minute of the next one is known.
    private static IEnumerable<BookRow> Months(BookRow row, int watermark)
    {
        var known = Math.Min(row.To, watermark);
        var from = row.From;
        for (var month = Minute.NextMonth(from); month < known; month = Minute.NextMonth(month))
        {
            yield return row with { From = from, To = month };
            from = month;
        }

        yield return row with { From = from };
    }

    private static BookRow? At(IReadOnlyList<BookRow> rows, ref int index, int minute)
    {
        while (index < rows.Count && rows[index].To <= minute)
        {
            index++;
        }

        return index < rows.Count && rows[index].From <= minute ? rows[index] : null;
    }

    private static bool Same(BookRow? a, BookRow? b) => a is { } left && b is { } right ? left.Says(right) : a is null && b is null;
}
