using System.Text.Json.Nodes;

namespace Watchdog.Dashboards;

/// <summary>
/// What happened, drawn over every curve. The event log is written for readers in commit order and has no index by time; the tables that it tells of
/// have, and so has the audit trail, which holds the same lines by subject.
/// </summary>
internal static class Annotations
{
    public static JsonArray Of() =>
    [
        Grafana(),
        Sql("Brake", "red",
            """
            select at as "time", case what when 'brake.on' then 'Brake on: ' else 'Brake off: ' end || coalesce(data ->> 'reason', 'no reason given') || ' (' || actor || ')' as text, 'brake' as tags
            from audit where subject = 'brake' and what in ('brake.on', 'brake.off') and $__timeFilter(at) order by at limit 200
            """),
        Sql("Many acts", "orange",
            """
            select date_bin('5 minutes', admitted_at, timestamptz '2000-01-01Z') as "time",
              date_bin('5 minutes', admitted_at, timestamptz '2000-01-01Z') + interval '5 minutes' as timeend,
              count(*) || ' acts of kind ' || kind || ' admitted within five minutes' as text, 'acts' as tags
            from act where $__timeFilter(admitted_at) group by 1, kind having count(*) >= 10 order by 1 limit 200
            """),
        Sql("Rules", "blue",
            """
            select found.at as "time", found.text, 'rules' as tags from (
              select min(opened_at) as at, 'First case by rules ' || rule_version as text from case_file group by rule_version
              union all
              select at, 'Detector ' || class || case when demoted then ' may not act by itself: ' else ' may act again: ' end || reason from detector_standing) found
            where $__timeFilter(found.at) order by found.at limit 200
            """),
    ];

    private static JsonObject Grafana() => new()
    {
        ["name"] = "Annotations & Alerts", ["builtIn"] = 1, ["type"] = "dashboard", ["enable"] = true, ["hide"] = true, ["iconColor"] = "rgba(0, 211, 255, 1)",
        ["datasource"] = new JsonObject { ["type"] = "grafana", ["uid"] = "-- Grafana --" },
    };

    private static JsonObject Sql(string name, string colour, string sql) => new()
    {
        ["name"] = name, ["enable"] = true, ["hide"] = false, ["iconColor"] = colour, ["datasource"] = BoardJson.Database(),
        ["target"] = new JsonObject { ["refId"] = "Anno", ["rawQuery"] = true, ["rawSql"] = sql, ["format"] = "table", ["editorMode"] = "code" },
    };
}
