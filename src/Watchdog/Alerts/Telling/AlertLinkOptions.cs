namespace Watchdog.Alerts.Telling;

/// <summary>
/// Section <c>Alerts:Links</c>: where notifications lead, each an absolute URL with names in braces that are filled in; null (default): no such link. Every one
/// of an incident knows <c>{incident}</c>, <c>{kind}</c>, <c>{technique}</c>, <c>{scope}</c> and <c>{region}</c>.
/// </summary>
public sealed class AlertLinkOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Alerts:Links";

    /// <summary>The incident's own page, e.g. <c>https://watchdog.example.com/incidents/{incident}</c>.</summary>
    public string? Incident { get; set; }

    /// <summary>A case's page; knows <c>{case}</c>.</summary>
    public string? Case { get; set; }

    /// <summary>The kind's runbook; knows <c>{runbook}</c>, e.g. <c>IncidentAbuse</c>: the files lie in docs/runbooks.</summary>
    public string? Runbook { get; set; }

    /// <summary>The kind's dashboard; knows <c>{board}</c>, its uid, and <c>{from}</c> and <c>{to}</c>, in milliseconds since 1970.</summary>
    public string? Dashboard { get; set; }

    /// <summary>Where a person silences the incident.</summary>
    public string? Silence { get; set; }

    /// <summary>Where a person releases the worst case; knows <c>{case}</c>.</summary>
    public string? Release { get; set; }

    /// <summary>A day's quarantine report; knows <c>{day}</c> alone, e.g. <c>https://watchdog.example.com/reports/{day}</c> with <c>2026-03-02</c>.</summary>
    public string? Report { get; set; }

    /// <summary>What is wrong with them, by name.</summary>
    internal IEnumerable<string> Errors() =>
        from link in new[]
        {
            (nameof(Incident), Incident), (nameof(Case), Case), (nameof(Runbook), Runbook), (nameof(Dashboard), Dashboard), (nameof(Silence), Silence), (nameof(Release), Release), (nameof(Report), Report),
        }
        where link.Item2 is not null && !(Uri.TryCreate(link.Item2.Replace('{', 'x').Replace('}', 'x'), UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp))
        select $"{Section}:{link.Item1} must be an absolute http or https URL.";
}
