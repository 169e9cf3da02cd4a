namespace Watchdog.Dashboards;

/// <summary>The variables of every board, besides its two data sources.</summary>
internal static class CommonVariables
{
    public static IReadOnlyList<Variable> List { get; } =
    [
        new("job", "Job", "Prometheus's scrape job of the workers.", "label_values(watchdog_build_info, job)"),
        new("instance", "Instance", "A worker process.", "label_values(watchdog_build_info{job=~\"$job\"}, instance)"),
        new("region", "Region", "An AWS Region.", "label_values(watchdog_vms{job=~\"$job\"}, region)"),
        new("watchdog_url", "Watchdog", "Where people reach Watchdog's pages.", null, "https://watchdog.example.com"),
    ];
}
