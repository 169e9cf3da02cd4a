using static Watchdog.Dashboards.Boards.Selectors;

namespace Watchdog.Dashboards.Boards;

/// <summary>The uptime books: objectives, budgets, burn rates, minutes by class.</summary>
internal static class SloBoard
{
    private const string Slos = Workers + ",slo=~\"$slo\"";

    public static Board Create() => new(
        "slo", "Watchdog / Uptime", "Objectives, what is left of their error budgets, how fast they burn, and where the bad minutes are.", "now-7d",
        new Row("The worst of the chosen, over 28 days",
            Panel.Number("Least SLI", "Good minutes of good and bad ones, of the group with the least.", "percentunit",
                Query.Prom($"min(watchdog_slo_sli_ratio{{{Slos},window=\"28d\"}})")) with { Width = 6 },
            Panel.Number("Least left of a budget", "1 is untouched, 0 spent, below 0 overspent; of the group with the least.", "percentunit",
                Query.Prom($"min(watchdog_slo_error_budget_remaining_ratio{{{Slos},window=\"28d\"}})")) with { Width = 6, Thresholds = (0.25, 0) },
            Panel.Number("Least coverage", "Share of the minutes that are known, of the group with the least.", "percentunit",
                Query.Prom($"min(watchdog_slo_coverage_ratio{{{Slos},window=\"28d\"}})")) with { Width = 6, Thresholds = (0.99, 0.9) },
            Panel.Number("Alarms that fire", "Burn rates and steps that fire, as the workers judge them.", "short",
                Query.Prom($"sum(max by (slo, group, rung) (watchdog_slo_alarm_firing{{{Slos}}}))")) with { Width = 6, Thresholds = (1, 1) }),
        new Row("Objectives over 28 days",
            Panel.Lines("SLI", "Good minutes of good and bad ones, by objective: what is unknown or excluded counts neither way.", "percentunit",
                Query.Prom($"min by (slo, group) (watchdog_slo_sli_ratio{{{Slos},window=\"28d\"}})", "{{slo}} {{group}}"),
                Query.Prom($"max by (slo) (watchdog_slo_objective_ratio{{{Slos}}})", "{{slo}} target")),
            Panel.Lines("Left of the budget", "1 is untouched, 0 spent, below 0 overspent; the group with the least, by objective.", "percentunit",
                Query.Prom($"min by (slo, group) (watchdog_slo_error_budget_remaining_ratio{{{Slos},window=\"28d\"}})", "{{slo}} {{group}}")) with { Thresholds = (0.25, 0) },
            Panel.Lines("Coverage", "Share of the minutes that are known. Below 0.9 burn rates are frozen: they neither fire nor resolve.", "percentunit",
                Query.Prom($"min by (slo, group) (watchdog_slo_coverage_ratio{{{Slos},window=\"28d\"}})", "{{slo}} {{group}}")) with { Thresholds = (0.99, 0.9), Max = 1 },
            Panel.Lines("How far the books are written", "Seconds between now and the watermark of each Region's books.", "s",
                Query.Prom($"time() - min by (region) (watchdog_slo_watermark_timestamp_seconds{{{Regions}}})", "{{region}}")) with { Thresholds = (600, 1200) }),
        new Row("Burn rates",
            Burn("1h", "14.4", 14.4), Burn("6h", "6", 6), Burn("1d", "3", 3), Burn("3d", "1", 1)),
        new Row("Alarms",
            Panel.Table("Burn rates and steps", "Every rate as the worker judged it last: firing first. Frozen: too little is known, or too few VMs count, so it stayed what it was.",
                """
                select slo, grp as "group", rung, firing, frozen, to_timestamp(since_min * 60.0) as since, reason, to_timestamp(at_min * 60.0) as judged
                from slo_alarm order by firing desc, frozen desc, slo, grp, rung limit 200
                """).In("dateTimeAsIso", "since", "judged") with { Width = 24 }),
        new Row("Minutes",
            Panel.Stack("By class", "VM-minutes by class, of the chosen Regions.", "short",
                Query.Of($"""
                    select $__timeGroup(to_timestamp(b.at_min * 60.0), $__interval) as "time", c.class as metric, sum(b.minutes) as value
                    from slo_bucket b join slo_key k on k.id = b.key join slo_cause c using (cause)
                    where {KeyInRegion} and {BucketShown}
                    group by 1, 2 order by 1
                    """)),
            Panel.Stack("Not good, by cause", "VM-minutes that are bad, excluded or unknown, by cause.", "short",
                Query.Of($"""
                    select $__timeGroup(to_timestamp(b.at_min * 60.0), $__interval) as "time", c.class || ' ' || c.name as metric, sum(b.minutes) as value
                    from slo_bucket b join slo_key k on k.id = b.key join slo_cause c using (cause)
                    where {KeyInRegion} and c.class <> 'good'
                      and {BucketShown}
                    group by 1, 2 order by 1
                    """)),
            Panel.Lines("Agent reachable", "The second SLI, kept apart: of the good minutes in which it is known, the share in which the agent answered.", "percentunit",
                Query.Of($"""
                    select $__timeGroup(to_timestamp(b.at_min * 60.0), $__interval) as "time", k.name as metric,
                      sum(b.reached)::double precision / nullif(sum(b.reached + b.silent), 0) as value
                    from slo_bucket b join slo_key k on k.id = b.key
                    where {KeyInRegion} and {BucketShown}
                    group by 1, 2 order by 1
                    """)) with { Max = 1 },
            Worst("Regions", "region"),
            Worst("Types", "type"),
            Panel.Table("Owners with most bad minutes", "Of the UTC days in the shown time; an owner's own SLI, and how many of the VMs kept 99.5 %.",
                """
                with vm_sum as (
                  select g.owner, d.vm, sum(d.good) as good, sum(d.bad) as bad from slo_daily d join slo_group g on g.id = d.grp
                  where d.day >= $__unixEpochFrom() / 86400 and d.day <= $__unixEpochTo() / 86400 group by 1, 2)
                select owner, count(*) as vms, sum(bad) as bad, sum(good)::double precision / nullif(sum(good + bad), 0) as sli,
                  count(*) filter (where good >= 0.995 * (good + bad))::double precision / nullif(count(*) filter (where good + bad > 0), 0) as "kept 99.5 %"
                from vm_sum group by 1 having sum(bad) > 0 order by 3 desc limit 25
                """).In("m", "bad").In("percentunit", "sli", "kept 99.5 %") with { Width = 12 },
            Panel.Table("VMs that are bad now", "The open intervals of class bad, the longest first, with the case where one is open.",
                """
                select v.instance_id as vm, g.owner, g.region, g.instance_type as "type", c.name as cause, to_timestamp(i.from_min * 60.0) as since, f.id as case_id
                from slo_interval i join slo_cause c using (cause) join slo_vm v on v.id = i.vm join slo_group g on g.id = i.grp
                left join case_file f on f.instance_id = v.instance_id and f.closed_at is null
                where i.to_min = 2147483647 and c.class = 'bad' order by i.from_min limit 100
                """).In("dateTimeAsIso", "since"),
            Panel.Table("Amendments", "What was changed in a month after it had been closed, and why.",
                """
                select a.at, to_char(a.month, 'YYYY-MM') as month, v.instance_id as vm, a.to_min - a.from_min as minutes, w.name as was, b.name as became, a.reason
                from slo_amendment a join slo_cause w on w.cause = a.was join slo_cause b on b.cause = a.became left join slo_vm v on v.id = a.vm
                where $__timeFilter(a.at) order by a.id desc limit 50
                """).In("dateTimeAsIso", "at").In("m", "minutes")))
    {
        Variables = [new("slo", "Objective", "An objective by name.", "label_values(watchdog_slo_objective_ratio{job=~\"$job\"}, slo)")],
    };

    private static Panel Burn(string window, string factor, double threshold) => Panel.Lines(
        $"Burn over {window}", $"How many times faster than its budget allows an objective burns; over {factor} on this and on the short window it pages.", "short",
        Query.Prom($"max by (slo, group) (watchdog_slo_burn_rate{{{Slos},window=\"{window}\"}})", "{{slo}} {{group}}")) with
    {
        Width = 6, Thresholds = (threshold, threshold),
    };

    private static Panel Worst(string title, string dimension) => Panel.Table(
        $"{title} with most bad minutes", "Over the shown time: bad minutes, SLI, and the share of minutes that is known.",
        $"""
        select k.name, sum(b.minutes) filter (where c.class = 'bad') as bad,
          sum(b.minutes) filter (where c.class = 'good')::double precision / nullif(sum(b.minutes) filter (where c.class in ('good', 'bad')), 0) as sli,
          1 - coalesce(sum(b.minutes) filter (where c.class = 'unknown'), 0)::double precision / sum(b.minutes) as coverage
        from slo_bucket b join slo_key k on k.id = b.key join slo_cause c using (cause)
        where k.dimension = '{dimension}' and {BucketShown}
        group by 1 order by 2 desc nulls last limit 25
        """).In("m", "bad").In("percentunit", "sli", "coverage");
}
