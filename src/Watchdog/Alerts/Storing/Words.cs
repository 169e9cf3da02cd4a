namespace Watchdog.Alerts.Storing;

/// <summary>Severities as the database has them, from the least.</summary>
internal static class Words
{
    public static string Of(Severity severity) => severity switch
    {
        Severity.Critical => "critical",
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "info",
    };

    public static Severity Read(string word) => Enum.Parse<Severity>(word, ignoreCase: true);
}
