namespace Watchdog.Slo.Minutes;

/// <summary>The columns of table <c>slo_five_minutes</c> that hold minutes: one a cause, in the order of <see cref="Causes.All"/>.</summary>
public static class CauseColumns
{
    /// <summary>Their names, quoted: <c>user</c> is a word of SQL's.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Causes.All.Select(cause => $"\"{Causes.NameOf(cause)}\"")];

    private static readonly Dictionary<Cause, int> Places = Causes.All.Select((cause, place) => (cause, place)).ToDictionary(one => one.cause, one => one.place);

    /// <summary>The cause's place in the list.</summary>
    public static int Of(Cause cause) => Places[cause];
}
