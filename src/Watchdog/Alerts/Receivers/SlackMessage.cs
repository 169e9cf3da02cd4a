using System.Globalization;
using System.Text.RegularExpressions;
using Watchdog.Alerts.Notifications;
using Watchdog.Ledger;

namespace Watchdog.Alerts.Receivers;

/// <summary>
/// A notification as Slack's Block Kit: a header, sections, links, and a plain text for notifications and screen readers. At most 50 blocks, 3,000 characters a
/// section, 13,000 in all (Slack refuses more than about 13,200).
/// </summary>
public static partial class SlackMessage
{
    /// <summary>The longest message, characters of JSON.</summary>
    public const int Most = 13_000;

    private const int MostInSection = 3_000;

    /// <summary>The message; within the limits whatever the notification holds.</summary>
    public static string Of(string kind, Notification notification) => 
        Trimming.Fit(notification, (one, left) => Write(kind, one, left), message => message.Body.Length < Most && message.Longest <= MostInSection).Body;

    /// <summary>
    /// Somebody else's text in Slack's mrkdwn: the three characters of its markup spelled out, and no mention of a whole channel, in whatever way a client reads it.
    /// </summary>
    public static string Escape(string text) => Everybody().Replace(
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal), "@\u200b$1");

    private static (string Body, int Longest) Write(string kind, Notification of, LeftOut left)
    {
        var over = kind == "resolve";
        var title = over ? $"Resolved: {of.Title}" : $"{of.Severity}: {of.Title}";
        var longest = 0;
        List<object> blocks = [new { Type = "header", Text = new { Type = "plain_text", Text = CleanText.Of(title, 149), Emoji = false } }];
        if (title.Length > 149)
        {
            Section(title);
        }

        Section(over ? $"{of.Summary} It was over at {Lines.At(of.EndedAt ?? of.At)}." : of.Summary);
        Section(string.Create(CultureInfo.InvariantCulture, $"*Size* {Escape(Lines.Size(of))}\n*First seen* {Lines.At(of.FirstSeen)}\n*Last seen* {Lines.At(of.LastSeen)}"), escaped: true);
        if (!over)
        {
            Named("By owner", Lines.Counts(of.ByOwner));
            Named("By Region", Lines.Counts(of.ByRegion));
            Named("By type", Lines.Counts(of.ByType));
            foreach (var member in of.Worst)
            {
                Section($"• {Lines.Member(member)}");
            }

            Named("", Lines.Others(of));
            Named("Next", of.NextStep);
        }

        Named("Done", Lines.Done(of));
        var links = string.Join("  ", Lines.Links(of).Select(link => $"<{LinkSafe(link.Url)}|{link.Name}>"));
        if (links.Length > 0)
        {
            Section(links, escaped: true);
        }

        var foot = string.Join(" ", new[] { $"{of.Reason}", left.Told, $"Watchdog {of.DedupKey}." }.Where(part => !string.IsNullOrEmpty(part)));
        blocks.Add(new { Type = "context", Elements = new[] { Text(Escape(foot)) } });
        // Nothing in here names people or channels.
        return (Wire.Json(new { Text = Escape(CleanText.Of(title, 300)), Blocks = blocks, LinkNames = false, Parse = "none", UnfurlLinks = false }), longest);

        void Named(string name, string? text)
        {
            if (!string.IsNullOrEmpty(text))
            {
                Section(name.Length == 0 ? Escape(text) : $"*{name}* {Escape(text)}", escaped: true);
            }
        }

        void Section(string text, bool escaped = false) => blocks.Add(new { Type = "section", Text = Text(escaped ? text : Escape(text)) });

        object Text(string mrkdwn)
        {
            longest = Math.Max(longest, mrkdwn.Length);
            // Slack refuses a text that is empty; verbatim: it makes no links and mentions of what it finds.
            return new { Type = "mrkdwn", Text = string.IsNullOrWhiteSpace(mrkdwn) ? "-" : mrkdwn, Verbatim = true };
        }
    }

    /// <summary>A URL that ends neither its link nor the message.</summary>
    internal static string LinkSafe(string url) => url.Replace("|", "%7C", StringComparison.Ordinal).Replace("<", "%3C", StringComparison.Ordinal)
        .Replace(">", "%3E", StringComparison.Ordinal).Replace("&", "&amp;", StringComparison.Ordinal);

    [GeneratedRegex("@(here|channel|everyone|group)", RegexOptions.IgnoreCase)]
    private static partial Regex Everybody();
}
