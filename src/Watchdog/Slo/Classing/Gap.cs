using Watchdog.Slo.History;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Classing;

/// <summary>Time in which a scope could not be seen for longer than a state may be carried over.</summary>
/// <param name="What">What was not seen: <c>inventory</c> or <c>status</c>.</param>
/// <param name="Scope">Key in <c>scope</c>.</param>
/// <param name="Since">The last look before it; null when there was none.</param>
/// <param name="Until">The next look after it; null when there is none.</param>
/// <param name="Spans">What was recorded of the scope.</param>
public sealed record Gap(string What, short Scope, DateTimeOffset? Since, DateTimeOffset? Until, IReadOnlyList<SightSpan> Spans)
{
    /// <summary>First minute.</summary>
    public int FromMin => Since is { } since ? Minute.Of(since) : int.MinValue;

    /// <summary>First minute after.</summary>
    public int ToMin => Until is { } until ? Minute.Of(until) : int.MaxValue;

    /// <summary>The first recorded span that says why; null where nothing was recorded.</summary>
    public SightSpan? Told => Spans.FirstOrDefault(span => !span.Seen && (Until is not { } until || span.From < until) && (Since is not { } since || span.To > since));

    /// <summary>A scope's gaps that end after a minute, in order. A gap that lasts is measured up to now.</summary>
    internal static IReadOnlyList<Gap> Of(string what, short scope, IReadOnlyList<SightSpan> spans, TimeSpan blindAfter, DateTimeOffset now, int afterMin)
    {
        List<Gap>? gaps = null;
        DateTimeOffset? seen = null;
        foreach (var span in InOrder(spans))
        {
            // A span that ends before it begins was written by a clock that jumped, and says nothing.
            if (!span.Seen || span.To < span.From)
            {
                continue;
            }

            if ((seen is not { } last || span.From - last > blindAfter) && Minute.Of(span.From) > afterMin)
            {
                (gaps ??= []).Add(new(what, scope, seen, span.From, spans));
            }

            seen = seen > span.To ? seen : span.To;
        }

        if (seen is not { } end || now - end > blindAfter)
        {
            (gaps ??= []).Add(new(what, scope, seen, null, spans));
        }

        return gaps ?? (IReadOnlyList<Gap>)[];
    }

    private static IEnumerable<SightSpan> InOrder(IReadOnlyList<SightSpan> spans)
    {
        for (var i = 1; i < spans.Count; i++)
        {
            if (spans[i].From < spans[i - 1].From)
            {
                return spans.OrderBy(span => span.From);
            }
        }

        return spans;
    }
}
