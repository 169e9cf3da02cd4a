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

    /// <summary>
    /// The condition on a row <c>c</c> of <c>case_file</c>, folding apart. Only what narrows stands in it: a plan that served every filter would use no index.
    /// </summary>
    /// <param name="values">The statement's parameters so far; those of the condition are added.</param>
    internal string Condition(List<object?> values)
    {
        List<string> all = [];
        if (Open is { } open)
        {
            all.Add(open ? "c.closed_at is null" : "c.closed_at is not null");
        }

        Narrow(State, at => $"c.state = {at}");
        Narrow(Class, at => $"(c.class = {at} or exists (select 1 from case_episode e where e.case_id = c.id and e.class = {at}))");
        Narrow(Owner, at => $"c.owner = {at}");
        Narrow(InstanceId, at => $"c.instance_id = {at}");
        Narrow(Since, at => $"c.opened_at >= {at}");
        Narrow(Before, at => $"c.opened_at < {at}");
        Narrow(Headline, at => $"c.class = {at}");
        Narrow(Scope, at => $"c.scope = {at}");
        Narrow(Assignee, at => Assignee == "" ? $"coalesce(c.assignee, '') = {at}" : $"c.assignee = {at}");
        // Most of an open queue: joined once, where the latest of each would be looked up case by case.
        if (Ruling == "")
        {
            all.Add("not exists (select 1 from ruling r where r.case_id = c.id)");
        }

        Narrow(Ruling == "" ? null : Ruling, at => $"(select r.ruling from ruling r where r.case_id = c.id order by r.id desc limit 1) = {at}");
        Narrow(Ids?.ToArray(), at => $"c.id = any({at})");
        Narrow(Text, at => $"(starts_with(c.instance_id, {at}) or starts_with(c.owner, {at}))");
        if (Rule is not null)
        {
            var (rule, since) = (Next(Rule), Next(RuleSince));
            all.Add(
                $"""
                ((starts_with(c.rule_version, {rule}) and ({since}::timestamptz is null or c.opened_at >= {since}))
                  or exists (select 1 from act a where a.case_id = c.id and a.kind <> 'release' and starts_with(a.rule_version, {rule})
                    and ({since}::timestamptz is null or a.proposed_at >= {since})))
                """);
        }

        return all.Count == 0 ? "true" : string.Join(" and ", all);

        void Narrow(object? value, Func<string, string> how)
        {
            if (value is not null)
            {
                all.Add(how(Next(value)));
            }
        }

        string Next(object? value)
        {
            values.Add(value);
            return FormattableString.Invariant($"${values.Count}");
        }
    }

    /// <summary>The condition with folding. Who looks for a VM or an owner finds it, wherever it stands.</summary>
    /// <param name="values">The statement's parameters so far; those of the condition are added.</param>
    internal string FoldedCondition(List<object?> values) => Condition(values) + (Folded && InstanceId is null && Text is null
        ? " and (c.lead_case is null or not exists (select 1 from case_file l where l.id = c.lead_case and (l.closed_at is null) = (c.closed_at is null)))" : "");
}
