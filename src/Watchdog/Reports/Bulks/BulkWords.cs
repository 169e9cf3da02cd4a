using System.Text;
using Watchdog.Ledger;
using Watchdog.Reports.Pages;

namespace Watchdog.Reports.Bulks;

/// <summary>What is asked of each case of a bulk, in words. Pure.</summary>
public static class BulkWords
{
    /// <summary>As <c>release, ruled false positive: bad rule</c>.</summary>
    public static string Of(string kind, RequestPayload payload)
    {
        StringBuilder words = new(Say.Words(kind));
        if (payload.Span is { } span)
        {
            words.Append(" by ").Append(Say.Span(span));
        }

        if (payload.Assignee is { } name)
        {
            words.Append(" to ").Append(name);
        }

        if (payload.Ruling is { } ruling)
        {
            words.Append(kind == RequestKinds.Rule ? " " : ", ruled ").Append(Say.Words(ruling));
        }

        words[0] = char.ToUpperInvariant(words[0]);
        return words.Append(": ").Append(payload.Reason).ToString();
    }
}
