using System.Globalization;
using Watchdog.Owners.Links;

namespace Watchdog.Owners.Holds;

/// <summary>The pages of a link that keeps a VM.</summary>
internal static class HoldHtml
{
    /// <summary>The form.</summary>
    /// <param name="hours">The times that are offered.</param>
    public static string Form(string instanceId, LinkedWarning warning, IReadOnlyList<int> hours) => LinkHtml.Page(
        "Keep your VM",
        $"""
        <p>VM <strong>{LinkHtml.Text(instanceId)}</strong> {(warning.Ended is null ? $"is to be stopped at {LinkHtml.Minute(warning.Deadline)} or later, since nobody seems to use it"
            : warning.Ended == "stopped" ? "was stopped; keeping it does not start it, and holds once it is started" : "is not to be stopped at present")}.</p>
        <form method="post">
        <label>Keep it running for <select name="hours">{string.Concat(hours.Select(Option))}</select></label>
        <label>Why (if you like to say) <input name="reason" maxlength="200"></label>
        <button type="submit">Keep it</button>
        </form>
        """);

    /// <summary>What the link has done.</summary>
    public static string Kept(string instanceId, DateTimeOffset until) =>
        LinkHtml.Page("Your VM is kept", $"<p>VM <strong>{LinkHtml.Text(instanceId)}</strong> is not stopped for being unused before {LinkHtml.Minute(until)}.</p>");

    private static string Option(int hours) =>
        string.Create(CultureInfo.InvariantCulture, $"<option value=\"{hours}\"{(hours == 8 ? " selected" : "")}>{(hours < 48 ? $"{hours} hours" : $"{hours / 24} days")}</option>");
}
