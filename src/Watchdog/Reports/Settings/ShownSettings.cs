namespace Watchdog.Reports.Settings;

/// <summary>
/// Which settings' values may stand on a page. Numbers, switches, times and words of a fixed list may; a text may only when its key is listed here: a new one is hidden
/// until somebody has thought about it. Whatever smells of a secret never is.
/// </summary>
public static class ShownSettings
{
    private static readonly string[] Smells = ["secret", "token", "key", "password", "passphrase", "pwd", "connection", "credential", "header", "authorization", "url"];

    private static readonly HashSet<string> Texts = new(StringComparer.OrdinalIgnoreCase)
    {
        // Names, tags and places of things
        "Name", "Type", "Of", "Only", "Tag", "Owner", "Plan", "ManagedTag", "ManagedValue", "OwnerTag", "PlanTag", "OptOutTag", "KeepUntilTag", "JobTag", "AccountId",
        "RoleArn", "EmptyArn", "Regions", "Listen", "Protocol", "LogFormat", "Metrics",
        // Documents by which guests are asked
        "InspectDocument", "InspectDocumentVersion", "InspectDocumentHash", "Document", "DocumentVersion", "DocumentHash",
        // Rules in writing
        "Ladder", "HeldClasses", "Burn", "WithoutAgent", "Schedule", "Calendar", "Dates", "Zone", "Start", "Stop", "From", "To", "At", "Days", "Reason",
        "Kind", "Kinds", "Technique", "Scope", "Scopes", "Region", "Plans", "Receivers", "Default", "UpTo",
    };

    /// <summary>Whether a key's value may be shown.</summary>
    /// <param name="path">The whole key, parts apart by colons.</param>
    /// <param name="name">Its last part that somebody named in the program.</param>
    /// <param name="isText">Whether it may be any text.</param>
    public static bool May(string path, string name, bool isText) =>
        !Smells.Any(smell => path.Contains(smell, StringComparison.OrdinalIgnoreCase)) && (!isText || Texts.Contains(name));
}
