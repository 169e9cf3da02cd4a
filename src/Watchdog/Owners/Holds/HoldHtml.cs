using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using static System.Net.WebUtility;

namespace Watchdog.Owners.Holds;

/// <summary>The pages of a link as HTML: plain, without script, everything from outside escaped.</summary>
internal static class HoldHtml
{
    private const string Style = "body{font:1em/1.5 sans-serif;max-width:36em;margin:3em auto;padding:0 1em}label,select,input,button{display:block;margin:.5em 0;font:inherit}input{width:100%}";

    /// <summary>What the policy of content lets in: this style and no other.</summary>
    public static string StyleHash { get; } = "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

    /// <summary>The form.</summary>
    /// <param name="hours">The times that are offered.</param>
    public static string Form(string instanceId, LinkedWarning warning, IReadOnlyList<int> hours) => Page(
        "Keep your VM",
        $"""
        <p>VM <strong>{HtmlEncode(instanceId)}</strong> {(warning.Ended is null ? $"is to be stopped at {Minute(warning.Deadline)} or later, since nobody seems to use it"
            : warning.Ended == "stopped" ? "was stopped; keeping it does not start it, and holds once it is started" : "is not to be stopped at present")}.</p>
        <form method="post">
        <label>Keep it running for <select name="hours">{string.Concat(hours.Select(Option))}</select></label>
        <label>Why (if you like to say) <input name="reason" maxlength="200"></label>
        <button type="submit">Keep it</button>
        </form>
        """);

    /// <summary>What the link has done.</summary>
    public static string Kept(string instanceId, DateTimeOffset until) =>
        Page("Your VM is kept", $"<p>VM <strong>{HtmlEncode(instanceId)}</strong> is not stopped for being unused before {Minute(until)}.</p>");

    /// <summary>A title and a sentence.</summary>
    public static string Message(string title, string text) => Page(title, $"<p>{HtmlEncode(text)}</p>");

    private static string Option(int hours) =>
        string.Create(CultureInfo.InvariantCulture, $"<option value=\"{hours}\"{(hours == 8 ? " selected" : "")}>{(hours < 48 ? $"{hours} hours" : $"{hours / 24} days")}</option>");

    private static string Page(string title, string body) =>
        $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{HtmlEncode(title)}</title><style>{Style}</style></head>\n"
        + $"<body><h1>{HtmlEncode(title)}</h1>\n{body}\n</body></html>\n";

    private static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
