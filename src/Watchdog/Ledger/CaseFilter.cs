namespace Watchdog.Ledger;

/// <summary>Which cases to list or to act on; null does not narrow.</summary>
/// <param name="Open">True: not closed; false: closed.</param>
/// <param name="Class">A class that was found on it, its headline or another.</param>
/// <param name="Since">Opened since.</param>
/// <param name="Limit">At most so many, newest first; 1 to 10,000.</param>
/// <param name="Folded">Whether a case that stands under a listed one is left to it; what is asked for by <see cref="InstanceId"/> or <see cref="Text"/> is always listed.</param>
public sealed record CaseFilter(
    bool? Open = null, string? State = null, string? Class = null, string? Owner = null, string? InstanceId = null,
    DateTimeOffset? Since = null, int Limit = 200, bool Folded = true)
{
    /// <summary>The case's class, the most severe that was found.</summary>
    public string? Headline { get; init; }

    /// <summary>Opened before.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Key of its scope.</summary>
    public short? Scope { get; init; }

    /// <summary>Who has taken it on; empty: nobody.</summary>
    public string? Assignee { get; init; }

    /// <summary>The latest ruling on it; empty: nobody has ruled.</summary>
    public string? Ruling { get; init; }

    /// <summary>How the rule version begins that opened it, or proposed an act of it, since <see cref="RuleSince"/>.</summary>
    public string? Rule { get; init; }

    /// <summary>Since when, by <see cref="Rule"/>; null: ever.</summary>
    public DateTimeOffset? RuleSince { get; init; }

    /// <summary>Where a page before ended: only what follows it, newest first. A bulk passes over it.</summary>
    public (DateTimeOffset OpenedAt, long Id)? Below { get; init; }

    /// <summary>Only these, by key.</summary>
    public IReadOnlyList<long>? Ids { get; init; }

    /// <summary>An instance id or an owner, as it begins.</summary>
    public string? Text { get; init; }

    /// <summary>The condition on a row <c>c</c> of <c>case_file</c>, folding apart: $1 to $15, in the order of <see cref="Values"/>.</summary>
    internal const string Condition =
        """
        ($1::boolean is null or (c.closed_at is null) = $1) and ($2::text is null or c.state = $2)
        and ($3::text is null or c.class = $3 or exists (select 1 from case_episode e where e.case_id = c.id and e.class = $3))
        and ($4::text is null or c.owner = $4) and ($5::text is null or c.instance_id = $5)
        and ($6::timestamptz is null or c.opened_at >= $6) and ($7::timestamptz is null or c.opened_at < $7)
        and ($8::text is null or c.class = $8) and ($9::smallint is null or c.scope = $9) and ($10::text is null or coalesce(c.assignee, '') = $10)
        and ($11::text is null or coalesce((select r.ruling from ruling r where r.case_id = c.id order by r.id desc limit 1), '') = $11)
        and ($12::text is null or (starts_with(c.rule_version, $12) and ($13::timestamptz is null or c.opened_at >= $13))
          or exists (select 1 from act a where a.case_id = c.id and a.kind <> 'release' and starts_with(a.rule_version, $12)
            and ($13::timestamptz is null or a.proposed_at >= $13)))
        and ($14::bigint[] is null or c.id = any($14))
        and ($15::text is null or starts_with(c.instance_id, $15) or starts_with(c.owner, $15))
        """;

    /// <summary>The condition with folding: $1 to $16, in the order of <see cref="FoldedValues"/>.</summary>
    internal const string FoldedCondition =
        Condition + " and (not $16 or not exists (select 1 from case_file l where l.id = c.lead_case and (l.closed_at is null) = (c.closed_at is null)))";

    internal object?[] Values => [Open, State, Class, Owner, InstanceId, Since, Before, Headline, Scope, Assignee, Ruling, Rule, RuleSince, Ids?.ToArray(), Text];

    // Who looks for a VM or an owner finds it, wherever it stands.
    internal object?[] FoldedValues => [.. Values, Folded && InstanceId is null && Text is null];
}
