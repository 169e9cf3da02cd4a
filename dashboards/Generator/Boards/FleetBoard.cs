using static Watchdog.Dashboards.Boards.Selectors;

namespace Watchdog.Dashboards.Boards;

/// <summary>Which VMs there are, in what state, and how well they are seen.</summary>
internal static class FleetBoard
{
    public static Board Create() => new(
        "fleet", "Watchdog / Fleet", "The VMs by state, Region and type, and how well Watchdog sees them.", "now-6h",
        new Row("Now",
            Panel.Number("Running", "VMs that run, by the last complete listing.", "short",
                Query.Prom($"sum(max by (region, state) (watchdog_vms{{{Regions},state=\"running\"}}))")),
            Panel.Number("All VMs", "VMs in every state that are not gone.", "short", Query.Prom($"sum(max by (region, state) (watchdog_vms{{{Regions}}}))")),
            Panel.Number("Judged in time", "Share of the running VMs that were judged within twice their own cadence. The rest is unknown: neither healthy nor guilty.",
                "percentunit", Query.Prom($"min(watchdog_coverage_ratio{{{Regions}}})")) with { Thresholds = (0.99, 0.9), Max = 1 },
            Panel.Number("Oldest listing", "Time since the last successful sweep of the inventory. More than three minutes: two full runs were missed.", "s",
                Query.Prom($"time() - max(watchdog_sweep_last_success_timestamp_seconds{{{Workers},sweep=\"inventory\"}})")) with { Thresholds = (120, 180) },
            Panel.Number("Impaired", "VMs with a failed status check or an announced event.", "short",
                Query.Of($"select count(*) from impairment where {ScopeInRegion}")),
            Panel.Number("Brake", "While it is on nothing is done to any VM, except releases that a person asked for.", "none",
                Query.Prom($"max(watchdog_action_breaker_open{{{Workers}}})")) with { Thresholds = (1, 1), Words = new Dictionary<string, string> { ["0"] = "off", ["1"] = "ON" } }),
        new Row("VMs",
            Panel.Stack("By state", "VMs by EC2's state.", "short",
                Query.Prom($"sum by (state) (max by (region, state) (watchdog_vms{{{Regions}}}))", "{{state}}")),
            Panel.Stack("Running by Region", "VMs that run, by Region.", "short",
                Query.Prom($"sum by (region) (max by (region, state) (watchdog_vms{{{Regions},state=\"running\"}}))", "{{region}}")),
            Panel.Table("Types", "Instance types by number of VMs, and how many of each run now.",
                $"""
                select instance_type as "type", count(*) as vms, count(*) filter (where state = 'running') as running, sum(vcpus) as vcpus
                from vm where gone_at is null and {ScopeInRegion} group by 1 order by 2 desc limit 25
                """) with { Width = 8 },
            Panel.Table("Stopped, by reason", "Stopped VMs by EC2's reason. Watchdog's own stops and an owner's carry the same one: which is which, the uptime books tell by cause.",
                $"""
                select coalesce(split_part(state_reason, ':', 1), 'not told') as reason, count(*) as vms, min(state_since) as "longest since"
                from vm where gone_at is null and state in ('stopping', 'stopped') and {ScopeInRegion} group by 1 order by 2 desc limit 25
                """).In("dateTimeAsIso", "longest since") with { Width = 8 },
            Panel.Table("Owners with most VMs", "Owners by number of VMs.",
                $"""
                select owner, count(*) as vms, count(*) filter (where state = 'running') as running
                from vm where gone_at is null and {ScopeInRegion} group by 1 order by 2 desc limit 25
                """) with { Width = 8 }),
        new Row("How well it is seen",
            Panel.Lines("Age of the last good sweep", "Seconds since each sweep last succeeded, over all workers. The dashed lines are two missed runs.", "s",
                Query.Prom($"time() - max by (sweep) (watchdog_sweep_last_success_timestamp_seconds{{{Workers}}})", "{{sweep}}")) with { Thresholds = (120, 180) },
            Panel.Lines("Judged of seen", "Of the VMs that runs saw, the share that could be judged.", "percentunit",
                Query.Of("""
                    select $__timeGroup(at, $__interval) as "time", 'judged' as metric, sum(judged)::double precision / nullif(sum(seen), 0) as value
                    from shard_run where $__timeFilter(at) group by 1 order by 1
                    """)) with { Max = 1 },
            Panel.Table("Spans in which a scope was not seen", "Listings and status calls that failed: uptime in these spans is unknown, not bad.",
                $"""
                select s.key as scope, c.kind, c.from_at as "from", c.to_at as "to", extract(epoch from c.to_at - c.from_at) as lasted, c.detail
                from scope_coverage c join scope s on s.id = c.scope
                where not c.seen and c.to_at >= $__timeFrom() and c.from_at <= $__timeTo() and s.{InRegion} order by c.from_at desc limit 100
                """).In("dateTimeAsIso", "from", "to").In("s", "lasted"),
            Panel.Table("Impaired VMs", "VMs with a failed status check or an announced event, the longest first, with the case where one is open.",
                $"""
                select i.instance_id as vm, v.owner, v.instance_type as "type", i.system_check as "system", i.instance_check as "instance", i.ebs_check as ebs,
                  i.impaired_since as since, array_to_string(i.events, ', ') as events, c.id as case_id
                from impairment i left join vm v using (instance_id) left join case_file c on c.instance_id = i.instance_id and c.closed_at is null
                where i.{ScopeInRegion} order by i.impaired_since nulls last limit 100
                """).In("dateTimeAsIso", "since")));
}
