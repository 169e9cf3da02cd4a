using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using static System.Net.WebUtility;

namespace Watchdog.Owners.Links;

/// <summary>The pages of owners' links as HTML: plain, without script, everything from outside escaped.</summary>
internal static class LinkHtml
{
    private const string Style =
        "body{font:1em/1.5 sans-serif;max-width:36em;margin:3em auto;padding:0 1em}label,select,input,textarea,button{display:block;margin:.5em 0;font:inherit}"
        + "input,textarea{width:100%;box-sizing:border-box}blockquote{margin:.5em 0;padding-left:1em;border-left:.2em solid;overflow-wrap:anywhere}h2{font-size:1.1em}";

    /// <summary>What the policy of content lets in: this style and no other.</summary>
    public static string StyleHash { get; } = "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

    /// <summary>A page.</summary>
    /// <param name="title">Text; it is escaped.</param>
    /// <param name="body">HTML.</param>
    public static string Page(string title, string body) =>
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
        + $"<title>{Text(title)}</title><style>{Style}</style></head>\n<body><h1>{Text(title)}</h1>\n{body}\n</body></html>\n";

    /// <summary>A title and a sentence.</summary>
    public static string Message(string title, string text) => Page(title, $"<p>{Text(text)}</p>");

    /// <summary>
    /// Somebody's text as HTML: markup is shown and not obeyed, and what would turn the direction of writing or hide itself is left out; a browser keeps what
    /// direction there is within the text.
    /// </summary>
    public static string Text(string text)
    {
        StringBuilder shown = new(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse))
            {
                shown.Append(rune.ToString());
            }
        }

        return HtmlEncode(shown.ToString());
    }

    /// <summary>An instant, to the minute.</summary>
    public static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
