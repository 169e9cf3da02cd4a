using Watchdog.Inventory;

namespace Watchdog.Intake;

/// <summary>Which scope an account's Region is. One configured without an account is the credentials' own, whose number nobody knows here: it takes any.</summary>
internal sealed class ScopeNames(IEnumerable<Scope> scopes)
{
    private readonly Dictionary<string, short> byKey = scopes.ToDictionary(scope => scope.Key, scope => scope.Id, StringComparer.Ordinal);
    private (string Account, string Region, short? Scope) last = ("", "", null);

    /// <summary>The scope; null when it is not watched.</summary>
    public short? Of(string account, string region)
    {
        // A delivery's points are all of one account and Region.
        if (last.Account != account || last.Region != region)
        {
            last = (account, region, byKey.TryGetValue(ScopeCatalog.KeyOf(account, region), out var id)
                || byKey.TryGetValue(ScopeCatalog.KeyOf(null, region), out id) ? id : null);
        }

        return last.Scope;
    }
}
