namespace Watchdog.Slo.History;

/// <summary>What of the ledger keeps an owner out, as SQL over <c>act a</c>.</summary>
internal static class HoldSql
{
    /// <summary>The acts that do.</summary>
    public const string Kinds = "a.kind in ('quarantine', 'stop')";

    /// <summary>When the act's first change was made; null while none was.</summary>
    public const string From = """
        (select min(coalesce(s.exposed_at, s.started_at)) from step s
         where s.act_id = a.id and s.kind in ('isolate', 'groups', 'stop', 'idle-stop')
           and (s.state = 'done' or s.state = 'executing' and (s.called_at is not null or s.exposed_at is not null)))
        """;
}
