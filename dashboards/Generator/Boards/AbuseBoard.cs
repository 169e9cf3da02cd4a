using static Watchdog.Dashboards.Boards.Selectors;

namespace Watchdog.Dashboards.Boards;

/// <summary>What was found, what was done, how fast, and how often it was wrong.</summary>
internal static class AbuseBoard
{
    private const string Waiting = $"state = 'contained' and closed_at is null and not exists (select 1 from ruling r where r.case_id = case_file.id) and {ScopeInRegion}";

    public static Board Create() => new(
        "abuse", "Watchdog / Abuse", "Cases by class and state, how long each stage takes, the rulings, and what waits for a person.", "now-7d",
        new Row("Now",
            Panel.Number("Open cases", "Cases that are not closed.", "short", Query.Of($"select count(*) from case_file where closed_at is null and {ScopeInRegion}")),
            Panel.Number("Wait for a ruling", "Contained cases on which nobody has ruled.", "short", Query.Of($"select count(*) from case_file where {Waiting}")) with { Thresholds = (20, 50) },
            Panel.Number("Longest wait", "Since when the oldest contained case has waited for its ruling.", "dateTimeFromNow",
                Query.Of($"select extract(epoch from min(opened_at)) * 1000 as since from case_file where {Waiting}")),
            Panel.Number("Proposed acts", "Acts that wait for a person or for admission.", "short",
                Query.Of($"select count(*) from act where purpose = 'abuse' and state in ('observed', 'proposed') and {ScopeInRegion}")),
            Panel.Number("False positives", "Of the cases ruled on in the shown time, the share whose last ruling is a false positive.", "percentunit",
                Query.Of("""
                    select avg((last.ruling = 'false_positive')::int) from (
                      select distinct on (case_id) case_id, ruling from ruling where $__timeFilter(at) order by case_id, id desc) last
                    """)) with { Thresholds = (0.05, 0.2), Max = 1 },
            Panel.Number("Brake", "While it is on nothing is done to any VM, except releases that a person asked for.", "none",
                Query.Prom($"max(watchdog_action_breaker_open{{{Workers}}})")) with { Thresholds = (1, 1), Words = new Dictionary<string, string> { ["0"] = "off", ["1"] = "ON" } }),
        new Row("Cases",
            Panel.Stack("Opened", "Cases opened, by class.", "short",
                Query.Of($"""
                    select $__timeGroup(opened_at, $__interval) as "time", class as metric, count(*) as value
                    from case_file where $__timeFilter(opened_at) and {ScopeInRegion} group by 1, 2 order by 1
                    """)),
            Panel.Lines("Detections", "Findings by rule and severity, a second, over the chosen workers.", "cps",
                Query.Prom($"sum by (rule, severity) (rate(watchdog_detections_total{{{Workers}}}[$__rate_interval]))", "{{rule}} {{severity}}")),
            Panel.Table("By class and state", "Cases opened in the shown time.",
                $"""
                select class, count(*) as cases, count(*) filter (where state = 'open') as open, count(*) filter (where state = 'contained') as contained,
                  count(*) filter (where state = 'confirmed') as confirmed, count(*) filter (where state = 'released') as released,
                  count(*) filter (where state = 'closed') as closed
                from case_file where $__timeFilter(opened_at) and {ScopeInRegion} group by 1 order by 2 desc
                """),
            Panel.Table("Rulings by class", "The last ruling of each case ruled on in the shown time. Precision counts true positives against false ones.",
                """
                select c.class, count(*) as ruled, count(*) filter (where last.ruling = 'true_positive') as "true", count(*) filter (where last.ruling = 'benign_positive') as benign,
                  count(*) filter (where last.ruling = 'false_positive') as "false", count(*) filter (where last.ruling = 'indeterminate') as "cannot tell",
                  count(*) filter (where last.ruling = 'true_positive')::double precision
                    / nullif(count(*) filter (where last.ruling in ('true_positive', 'false_positive')), 0) as precision
                from (select distinct on (case_id) case_id, ruling from ruling where $__timeFilter(at) order by case_id, id desc) last
                join case_file c on c.id = last.case_id group by 1 order by 2 desc
                """).In("percentunit", "precision")),
        new Row("How long it takes",
            Panel.Table("From onset to case, containment and ruling", "Seconds, median and 95th percentile, of cases opened in the shown time.",
                $"""
                with found as (select id, class, opened_at from case_file where $__timeFilter(opened_at) and {ScopeInRegion}),
                span as (
                  select f.class, extract(epoch from f.opened_at - (select min(onset) from case_episode e where e.case_id = f.id)) as detect,
                    extract(epoch from (select min(done_at) from act a where a.case_id = f.id and a.kind in ('quarantine', 'stop', 'restrain')
                      and a.state in ('applied', 'verified', 'unverifiable', 'escalated', 'released')) - f.opened_at) as contain,
                    extract(epoch from (select min(at) from ruling r where r.case_id = f.id) - f.opened_at) as review
                  from found f)
                select class, percentile_cont(0.5) within group (order by detect) as "detect p50", percentile_cont(0.95) within group (order by detect) as "detect p95",
                  percentile_cont(0.5) within group (order by contain) as "contain p50", percentile_cont(0.95) within group (order by contain) as "contain p95",
                  percentile_cont(0.5) within group (order by review) as "review p50", percentile_cont(0.95) within group (order by review) as "review p95"
                from span group by 1 order by 1
                """).In("s", "detect p50", "detect p95", "contain p50", "contain p95", "review p50", "review p95") with { Width = 24, Height = 6 },
            Panel.Lines("Delay of detection", "Seconds from a behaviour's onset to its confirmed episode: median and 95th percentile.", "s",
                Query.Prom($"histogram_quantile(0.5, sum by (le) (rate(watchdog_detection_delay_seconds_bucket{{{Workers}}}[$__rate_interval])))", "p50"),
                Query.Prom($"histogram_quantile(0.95, sum by (le) (rate(watchdog_detection_delay_seconds_bucket{{{Workers}}}[$__rate_interval])))", "p95")),
            Panel.Table("Cases that wait for a ruling, by age", "Contained cases without a ruling, by the time since they were opened, up to the end of the shown time.",
                $"""
                select case when age < interval '1 hour' then '1  under an hour' when age < interval '4 hours' then '2  one to four hours'
                    when age < interval '1 day' then '3  four hours to a day' when age < interval '3 days' then '4  one to three days' else '5  over three days' end as age,
                  count(*) as cases
                from (select $__timeTo()::timestamptz - opened_at as age from case_file where {Waiting}) waiting group by 1 order by 1
                """)),
        new Row("Acts",
            Panel.Lines("Acts", "Acts that ended, by kind and outcome, a second. A dry run is an act that was only noted.", "cps",
                Query.Prom($"sum by (action, outcome, dry_run) (rate(watchdog_actions_total{{{Workers}}}[$__rate_interval]))", "{{action}} {{outcome}} dry_run={{dry_run}}")),
            Panel.Table("Backlog", "Acts that are not at their end, by kind and state.",
                $"""
                select kind, state, count(*) as acts, count(*) filter (where needs_person and approved_by is null) as "wait for a person", min(proposed_at) as oldest
                from act where purpose = 'abuse' and state in ('observed', 'proposed', 'admitted', 'planned', 'executing', 'applied') and {ScopeInRegion} group by 1, 2 order by 3 desc
                """).In("dateTimeAsIso", "oldest"),
            Panel.Table("Many VMs of one owner", "Cases that were joined to a first one: one owner's simultaneous plateaus are one matter.",
                """
                select l.id as case_id, l.owner, l.class, count(*) + 1 as vms, min(f.opened_at) as "first joined", max(f.opened_at) as "last joined"
                from case_file f join case_file l on l.id = f.lead_case where $__timeFilter(f.opened_at) group by l.id, l.owner, l.class order by 4 desc limit 50
                """).In("dateTimeAsIso", "first joined", "last joined"),
            Panel.Table("Exemptions and whom they cover", "Exemptions in force at the end of the shown time, with the VMs that each has kept from an act.",
                """
                select e.id, e.kind, e.subject, e.reason, e.author, e.until_at as until, count(m.instance_id) as vms
                from exemption e left join exemption_match m on m.exemption_id = e.id
                where e.ended_at is null and e.until_at > $__timeTo() group by e.id order by 7 desc limit 50
                """).In("dateTimeAsIso", "until"),
            Panel.Table("Latest cases", "The newest cases; a click on the number opens the case.",
                $"""
                select id as case_id, opened_at as opened, class, state, instance_id as vm, owner, score, reason, clock_at as "clock"
                from case_file where $__timeFilter(opened_at) and {ScopeInRegion} order by opened_at desc limit 50
                """).In("dateTimeAsIso", "opened", "clock").In("percentunit", "score") with { Width = 24, Height = 10 }));
}
