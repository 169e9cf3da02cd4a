using static Watchdog.Dashboards.Boards.Selectors;

namespace Watchdog.Dashboards.Boards;

/// <summary>What nobody uses, what keeps it on, and what stopping it saves.</summary>
internal static class IdleBoard
{
    private const string Stops = $"purpose = 'idle' and kind = 'stop' and {ScopeInRegion}";
    private const string Stood = $"c.name = 'watchdog_idle' and {KeyInRegion} and {BucketShown}";

    public static Board Create() => new(
        "idle", "Watchdog / Idle", "VMs that nobody uses, what keeps some of them on, idle stops, and what they save.", "now-7d",
        new Row("Now",
            Panel.Number("CPU rests", "VMs whose CPU rests by the screen: they are looked at more closely.", "short", Query.Of($"select count(*) from idle_watch where {ScopeInRegion}")),
            Panel.Number("Idle", "Of them, those that nothing keeps on by the last closer look.", "short",
                Query.Of($"select count(*) from idle_watch where jsonb_array_length(verdict -> 'keepers') = 0 and {ScopeInRegion}")),
            Panel.Number("Stops waiting", "Idle stops that are observed or proposed and not admitted.", "short",
                Query.Of($"select count(*) from act where {Stops} and state in ('observed', 'proposed')")),
            Panel.Number("Held", "VMs that a person keeps from idle stops at the end of the shown time.", "short",
                Query.Of("select count(distinct instance_id) from hold where ended_at is null and from_at <= $__timeTo() and until_at > $__timeTo()")),
            Panel.Number("Hours saved", "Hours that VMs stood still in the shown time because Watchdog had stopped them as idle, by the uptime books.", "h",
                Query.Of($"select sum(b.minutes) / 60.0 from slo_bucket b join slo_key k on k.id = b.key join slo_cause c using (cause) where {Stood}")),
            Panel.Number("Money saved", "Those hours at the price of a VM-hour that the hidden variable usd_per_vm_hour holds, US$.", "currencyUSD",
                Query.Of($"select sum(b.minutes) / 60.0 * ${{usd_per_vm_hour}} from slo_bucket b join slo_key k on k.id = b.key join slo_cause c using (cause) where {Stood}"))),
        new Row("Stops",
            Panel.Stack("Idle stops by outcome", "Idle stops by the time they were proposed and the state that they have come to. Observed: the mode only observes.", "short",
                Query.Of($"""
                    select $__timeGroup(proposed_at, $__interval) as "time", state as metric, count(*) as value
                    from act where {Stops} and $__timeFilter(proposed_at) group by 1, 2 order by 1
                    """)),
            Panel.Stack("VMs that stand still", "VMs that stood still because Watchdog had stopped them as idle, on the mean, by Region.", "short",
                Query.Of($"""
                    select $__timeGroup(to_timestamp(b.at_min * 60.0), $__interval) as "time", k.name as metric, sum(b.minutes)::double precision / (count(distinct b.at_min) * 5) as value
                    from slo_bucket b join slo_key k on k.id = b.key join slo_cause c using (cause) where {Stood} group by 1, 2 order by 1
                    """)),
            Panel.Table("What keeps resting VMs on", "What the last closer looks found, by code; a VM may be kept by several things.",
                $"""
                select keeper ->> 'code' as keeper, count(*) as vms, min(keeper ->> 'sentence') as "for example"
                from idle_watch, jsonb_array_elements(verdict -> 'keepers') as k(keeper) where {ScopeInRegion} group by 1 order by 2 desc limit 25
                """),
            Panel.Table("How long a start takes after an idle stop", "Seconds from pending to running, of VMs that Watchdog stopped as idle in the shown time and that were started again.",
                $"""
                with started as (
                  select a.instance_id, (select min(t.at) from vm_transition t where t.instance_id = a.instance_id and t.at > a.done_at and t.to_state = 'pending') as at
                  from act a where {Stops} and a.done_at is not null and $__timeFilter(a.proposed_at)),
                run as (
                  select s.instance_id, extract(epoch from (select min(t.at) from vm_transition t where t.instance_id = s.instance_id and t.at >= s.at and t.to_state = 'running') - s.at) as took
                  from started s where s.at is not null)
                select v.instance_type as "type", count(*) as starts, percentile_cont(0.5) within group (order by took) as p50,
                  percentile_cont(0.95) within group (order by took) as p95
                from run join vm v using (instance_id) where took is not null group by 1 order by 2 desc limit 25
                """).In("s", "p50", "p95"),
            Panel.Table("Latest idle stops", "The newest idle stops and what was seen.",
                $"""
                select a.id, a.proposed_at as proposed, a.done_at as done, a.instance_id as vm, v.owner, a.state, a.reason, a.detail
                from act a left join vm v using (instance_id) where a.purpose = 'idle' and a.kind = 'stop' and a.{ScopeInRegion} and $__timeFilter(a.proposed_at) order by a.id desc limit 50
                """).In("dateTimeAsIso", "proposed", "done") with { Width = 24 }),
        new Row("VMs and owners",
            Panel.Table("Longest at rest", "VMs whose CPU has rested for longest, and what keeps them; nothing: they are idle. With the case where one is open.",
                $"""
                select w.instance_id as vm, v.owner, v.instance_type as "type", w.since, w.judged_at as judged,
                  (select string_agg(k ->> 'code', ', ') from jsonb_array_elements(w.verdict -> 'keepers') k) as "kept by", c.id as case_id
                from idle_watch w left join vm v using (instance_id) left join case_file c on c.instance_id = w.instance_id and c.closed_at is null
                where w.{ScopeInRegion} order by w.since limit 100
                """).In("dateTimeAsIso", "since", "judged") with { Width = 24 },
            Panel.Table("Owners with most idle VMs", "VMs that nothing keeps on, by owner.",
                $"""
                select v.owner, count(*) as vms, min(w.since) as "longest since" from idle_watch w join vm v using (instance_id)
                where jsonb_array_length(w.verdict -> 'keepers') = 0 and w.{ScopeInRegion} group by 1 order by 2 desc limit 25
                """).In("dateTimeAsIso", "longest since"),
            Panel.Table("Holds", "Holds in force at the end of the shown time, the next to end first.",
                """
                select id, instance_id as vm, reason, author, from_at as "from", until_at as until
                from hold where ended_at is null and from_at <= $__timeTo() and until_at > $__timeTo() order by until_at limit 100
                """).In("dateTimeAsIso", "from", "until")))
    {
        Variables = [new("usd_per_vm_hour", "US$ a VM-hour", "What an average VM costs an hour.", null, "0.10")],
    };
}
