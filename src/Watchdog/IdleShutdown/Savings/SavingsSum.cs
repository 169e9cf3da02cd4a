namespace Watchdog.IdleShutdown.Savings;

/// <summary>What of idle stops belongs together.</summary>
public enum SavingsGroup
{
    /// <summary>By the VM's owner.</summary>
    Owner,
    /// <summary>By its instance type.</summary>
    Type,
    /// <summary>By the policy that stopped it.</summary>
    Policy,
}

/// <summary>What a group of idle stops saved.</summary>
/// <param name="Name">The group; empty for all of them.</param>
/// <param name="Stops">Stops within the period.</param>
/// <param name="Vms">VMs that were off for some of the period.</param>
/// <param name="Hours">VM-hours off within the period.</param>
/// <param name="Usd">US$ for those of them that have a price.</param>
/// <param name="HoursWithoutPrice">The VM-hours that have none: they are in no sum of dollars.</param>
/// <param name="Regretted">Of the stops, those that somebody undid within half an hour.</param>
/// <param name="Hibernated">Of the stops, those that hibernated the VM, which kept its memory.</param>
public sealed record SavingsRow(string Name, int Stops, int Vms, double Hours, decimal Usd, double HoursWithoutPrice, int Regretted, int Hibernated);

/// <summary>A type in a Region that the prices do not name.</summary>
/// <param name="Hours">VM-hours off within the period.</param>
public sealed record UnpricedType(string Region, string InstanceType, double Hours);

/// <summary>What idle stops saved in [Since, Until).</summary>
/// <param name="Rows">The groups, the most hours first.</param>
/// <param name="Unpriced">Types without a price, the most hours first.</param>
public sealed record SavingsSum(
    DateTimeOffset Since, DateTimeOffset Until, SavingsRow Total, SavingsGroup By, IReadOnlyList<SavingsRow> Rows, IReadOnlyList<UnpricedType> Unpriced)
{
    /// <summary>Adds up; pure. A stop counts where it was made, its hours where they passed: one from before the period saves within it all the same.</summary>
    public static SavingsSum Of(IReadOnlyList<IdleSpan> spans, DateTimeOffset since, DateTimeOffset until, SavingsGroup by, PriceList prices)
    {
        List<IdleSpan> within = [.. spans.Where(span => span.HoursIn(since, until) > 0 || Began(span))];
        return new(since, until, RowOf("", within), by,
            [
                .. within.GroupBy(KeyOf, StringComparer.Ordinal).Select(group => RowOf(group.Key, group))
                    .OrderByDescending(row => row.Hours).ThenBy(row => row.Name, StringComparer.Ordinal),
            ],
            [
                .. within.Where(span => prices.Of(span.Region, span.InstanceType) is null && span.HoursIn(since, until) > 0)
                    .GroupBy(span => (span.Region, span.InstanceType))
                    .Select(group => new UnpricedType(group.Key.Region, group.Key.InstanceType, group.Sum(span => span.HoursIn(since, until))))
                    .OrderByDescending(type => type.Hours).ThenBy(type => type.InstanceType, StringComparer.Ordinal),
            ]);

        bool Began(IdleSpan span) => span.From >= since && span.From < until;

        string KeyOf(IdleSpan span) => by switch
        {
            SavingsGroup.Owner => span.Owner,
            SavingsGroup.Type => span.InstanceType,
            _ => span.Policy,
        };

        SavingsRow RowOf(string name, IEnumerable<IdleSpan> of)
        {
            List<IdleSpan> all = [.. of];
            var priced = all.Select(span => (Span: span, Hours: span.HoursIn(since, until), Usd: prices.Of(span.Region, span.InstanceType))).ToList();
            return new(
                name, all.Count(Began), all.Select(span => span.InstanceId).Distinct(StringComparer.Ordinal).Count(), priced.Sum(one => one.Hours),
                Math.Round(priced.Sum(one => one.Usd is { } usd ? usd * (decimal)one.Hours : 0), 6), priced.Where(one => one.Usd is null).Sum(one => one.Hours),
                all.Count(span => Began(span) && span.Regretted), all.Count(span => Began(span) && span.Hibernated));
        }
    }
}
