using System.Globalization;
using System.Text;
using Watchdog.Bench.Week.Play;

namespace Watchdog.Bench.Week;

/// <summary>The same week once more with the worker in a process of its own, which is killed at random instants: what differs from the week that was not disturbed.</summary>
internal static class WeekRepeat
{
    /// <summary>Plays it; the section of the page.</summary>
    /// <param name="kills">How many.</param>
    /// <param name="undisturbed">What the other week's ledger says.</param>
    /// <param name="wrong">The other week's stops of VMs in use.</param>
    public static async Task<string> PlayAsync(WeekRequest asked, int kills, WeekActs undisturbed, int wrong, Action<int, long> told, CancellationToken ct)
    {
        var began = TimeProvider.System.GetTimestamp();
        await using var cluster = await WeekCluster.StartAsync(ct);
        var request = asked with { Database = cluster.ConnectionString };
        WeekPlay? played = null;
        WeekKiller? killer = null;
        await using var play = played = new WeekPlay(request)
        {
            Begins = stage =>
            {
                killer = new WeekKiller(stage, played!.Database, request.Length, (int)request.Seed, kills);
                return Task.FromResult<IWeekWorker>(new WeekLives(Environment.ProcessPath!, stage, killer));
            },
        };
        await play.RunAsync(TimeSpan.MaxValue, ct, step => told(step, began));
        var acts = await WeekActs.ReadAsync(play.Database, play.Fleet, request.At(play.Steps), ct);
        var amid = killer!.Kills.Count(kill => kill.UnderWay.Count > 0);
        var text = new StringBuilder();
        Line(text, $"\n## The same week, the worker killed {killer.Kills.Count} times\n");
        Line(text, $"The worker is a process of its own that is ended by SIGKILL at random instants of wall time and begun anew at the same instant of fleet time (`--kills {kills}`). {amid} kills came while acts were under way.\n");
        Line(text, $"| what | undisturbed | killed |\n|---|---:|---:|");
        Line(text, $"| stops; of them made in one week only | {undisturbed.Made.Count:N0}; {undisturbed.Made.Except(acts.Made).Count():N0} | {acts.Made.Count:N0}; {acts.Made.Except(undisturbed.Made).Count():N0} |");
        Line(text, $"| starts by office hours; of them made in one week only | {undisturbed.Started.Count:N0}; {undisturbed.Started.Except(acts.Started).Count():N0} | {acts.Started.Count:N0}; {acts.Started.Except(undisturbed.Started).Count():N0} |");
        Line(text, $"| stops of a VM in use or kept | {wrong} | {play.Wrong.Count} |");
        Line(text, $"| VMs stopped twice in one rest; acts half done or failed; acts without their reason | {undisturbed.Twice.Count}; {undisturbed.Unfinished.Count}; {undisturbed.WithoutReason.Count} | {acts.Twice.Count}; {acts.Unfinished.Count}; {acts.WithoutReason.Count} |");
        Line(text, $"| warnings; given twice; stops before their warning's time | {undisturbed.Warnings.Values.Sum():N0}; {undisturbed.WarnedTwice.Count}; {undisturbed.Unwarned.Count} | {acts.Warnings.Values.Sum():N0}; {acts.WarnedTwice.Count}; {acts.Unwarned.Count} |");
        Line(text, $"| messages of a warning that a guest was told again |  | {play.ToldAgain(acts.Warnings)} |");
        Line(text, $"| wall min |  | {TimeProvider.System.GetElapsedTime(began).TotalMinutes:F1} |\n");
        foreach (var kill in killer.Kills)
        {
            Line(text, $"- {kill}");
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
