
namespace Watchdog.Tests.Dashboards;

/// <summary>Prometheus's own checker, of Debian's package <c>prometheus</c> (scripts/bootstrap installs it).</summary>
internal static class Promtool
{
    /// <summary>Runs it and hands over how it ended.</summary>
    public static async Task<Ended> RunAsync(params string[] arguments)
    {
        await using var child = Child.Start("promtool", arguments);
        return await child.EndAsync();
    }
}
