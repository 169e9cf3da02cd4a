using System.Text;
using Watchdog.Ledger;
using Watchdog.Ledger.Appeals;
using Watchdog.Owners.Links;

namespace Watchdog.Owners.Appeals;

/// <summary>The page behind an appeal's link: what was seen, what was done and how it is undone, how the matter stands, and the form while it may be sent.</summary>
internal static class AppealHtml
{
    /// <summary>The page.</summary>
    /// <param name="until">Until when the owner may object.</param>
    /// <param name="review">How long people have to rule.</param>
    public static string Of(OwnersCase of, AppealStanding standing, DateTimeOffset until, TimeSpan review)
    {
        var (title, text) = Words(of, standing, until, review);
        var html = new StringBuilder();
        Paragraph(text);
        if (of.Appeal is { } said)
        {
            html.Append("<p>On ").Append(LinkHtml.Minute(said.At)).Append(" you said:</p>\n<blockquote dir=\"auto\">").Append(LinkHtml.Text(said.Words)).Append("</blockquote>\n");
        }

        Heading("What we saw");
        Paragraph(of.Since is { } since ? OwnerWords.Why(of.InstanceId, of.Class, since, of.Sides) : "When it began is not recorded.");
        Paragraph(OwnerWords.Advice(of.Class));
        Heading("What was done");
        if (of.Acts.Count == 0)
        {
            Paragraph("Nothing was done to the VM.");
        }

        foreach (var (kind, state, at) in of.Acts)
        {
            Paragraph(state == ActStates.Released ? $"{LinkHtml.Minute(at)}: undone. It had been this: {OwnerWords.Done(kind)}"
                : $"{LinkHtml.Minute(at)}: {OwnerWords.Done(kind)} {OwnerWords.Undo(kind)}");
        }

        if (standing == AppealStanding.Open)
        {
            Heading("Is this legitimate?");
            html.Append(
                $"""
                <form method="post">
                <label>Tell us what runs there and why (up to {AppealTable.LongestWords} characters). A person reads it.
                <textarea name="words" rows="6" maxlength="{AppealTable.LongestWords}" required></textarea></label>
                <button type="submit">This is legitimate</button>
                </form>
                <p>Nothing is sent before you press the button. It can be sent once.</p>
                """);
        }

        return LinkHtml.Page(title, html.ToString());

        void Heading(string heading) => html.Append("<h2>").Append(LinkHtml.Text(heading)).Append("</h2>\n");

        void Paragraph(string words)
        {
            if (words.Length > 0)
            {
                html.Append("<p>").Append(LinkHtml.Text(words.TrimEnd())).Append("</p>\n");
            }
        }
    }

    /// <summary>
    /// The standing in words. They are fixed: what a reviewer writes is for reviewers, and may name how Watchdog sees and whom else it saw.
    /// </summary>
    private static (string Title, string Text) Words(OwnersCase of, AppealStanding standing, DateTimeOffset until, TimeSpan review) => standing switch
    {
        AppealStanding.Open => ($"About your VM {of.InstanceId}",
            FormattableString.Invariant($"If what runs there is legitimate, say so below until {LinkHtml.Minute(until)}: a person looks at it within {review.TotalHours:0.#} hours.")),
        AppealStanding.Late => ($"About your VM {of.InstanceId}", "The time for saying that this is legitimate has passed. Ask your provider."),
        AppealStanding.UnderReview => ("Your word is under review", $"A person looks at it by {LinkHtml.Minute(of.Appeal!.DueAt)}. This page shows what comes of it."),
        AppealStanding.Overdue => ("Your word is under review",
            $"A person was to look at it by {LinkHtml.Minute(of.Appeal!.DueAt)}, and that did not happen in time. Those on call have been told. This page shows what comes of it."),
        AppealStanding.Undoing => ("You were right", "A person has looked at it. What was done to your VM is being undone."),
        AppealStanding.Released => ($"Your VM {of.InstanceId} is yours again", of.Mistake ? "A person has looked at it: it was our mistake, and we are sorry. What we had done has been undone."
            : of.Ruling == Rulings.BenignPositive ? "A person has looked at it: you may do this. What we had done has been undone." : "What we had done has been undone."),
        AppealStanding.Upheld => ("It stays as it is",
            "A person has read what you said and looked at what was seen. It does not explain it, so what was done stays for now. If there is more to say, ask your provider and name "
            + FormattableString.Invariant($"case {of.Id}.")),
        AppealStanding.Undecided => ("It is not decided yet", FormattableString.Invariant(
            $"A person has looked at it and could not tell for certain. It stays as it is and is looked at again. If there is more to say, ask your provider and name case {of.Id}.")),
        _ => ("This is over", "What was seen has ended, or the VM is gone. Nothing of ours is left on it."),
    };
}
