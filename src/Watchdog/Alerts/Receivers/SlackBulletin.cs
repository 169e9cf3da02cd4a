using Watchdog.Alerts.Notifications;
using Watchdog.Ledger;

namespace Watchdog.Alerts.Receivers;

/// <summary>A bulletin as Slack's Block Kit: a header, its lines in one section, the link. Within the limits whatever it holds.</summary>
public static class SlackBulletin
{
    private const int MostInSection = 2_900;

    /// <summary>The message.</summary>
    public static string Of(Bulletin of)
    {
        List<object> blocks = [new { Type = "header", Text = new { Type = "plain_text", Text = CleanText.Of(of.Title, 149), Emoji = false } }];
        blocks.AddRange(Sections(of.Told()).Select(Section));
        if (of.Link is { } link)
        {
            blocks.Add(Section($"<{SlackMessage.LinkSafe(link)}|Report>"));
        }

        return Wire.Json(new { Text = SlackMessage.Escape(CleanText.Of(of.Title, 300)), Blocks = blocks, LinkNames = false, Parse = "none", UnfurlLinks = false });
    }

    // As few sections as their limit allows.
    private static IEnumerable<string> Sections(IReadOnlyList<string> lines)
    {
        var section = "";
        foreach (var line in lines.Select(SlackMessage.Escape))
        {
            if (section.Length + line.Length > MostInSection)
            {
                yield return section;
                section = "";
            }

            section += section.Length == 0 ? line : $"\n{line}";
        }

        if (section.Length > 0)
        {
            yield return section;
        }
    }

    private static object Section(string mrkdwn) => new { Type = "section", Text = new { Type = "mrkdwn", Text = string.IsNullOrWhiteSpace(mrkdwn) ? "-" : mrkdwn, Verbatim = true } };
}
