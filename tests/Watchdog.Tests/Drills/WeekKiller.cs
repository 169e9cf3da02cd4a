using Watchdog.Bench.Week.Play;
using Watchdog.FleetSim.Failing;

namespace Watchdog.Tests.Drills;

/// <summary>
/// Ends a worker's life at a random request to AWS, in the scaled time that a process of its own could not follow: from that request on nothing that it sends arrives,
/// neither at AWS nor at the database, as after SIGKILL. Every other kill lets the request take effect, whose answer is lost.
/// </summary>
internal sealed class WeekKiller
{
    private readonly Random random;
    private readonly WeekPlay play;
    private readonly CommitProxy proxy;
    private readonly Queue<int> steps;
    private int untilDeath = -1;
    private volatile bool dead;

    public WeekKiller(WeekPlay play, CommitProxy proxy, int seed, int kills)
    {
        (this.play, this.proxy, random) = (play, proxy, new Random(seed));
        // Late enough before the end that the last one still meets the stop that it waits for.
        steps = new(Enumerable.Range(0, kills).Select(_ => random.Next(2, play.Steps * 2 / 3)).Order());
        play.Strikes = Strike;
        play.Between = Revive;
    }

    /// <summary>Lives that were ended, and at which requests.</summary>
    public List<string> Kills { get; } = [];

    private FaultKind Strike(RequestSeen seen)
    {
        if (dead)
        {
            return FaultKind.Drop;
        }

        lock (random)
        {
            if (untilDeath < 0 && steps.TryPeek(out var step) && play.Step >= step)
            {
                steps.Dequeue();
                untilDeath = random.Next(1, 30);
            }

            if (untilDeath < 0 || --untilDeath > 0)
            {
                return FaultKind.None;
            }

            // Every other one waits for a change, every other of these for a stop.
            if ((Kills.Count % 2 == 1 && seen.Change == 0) || (Kills.Count % 4 == 1 && seen.Action != "ec2:StopInstances"))
            {
                untilDeath = 1;
                return FaultKind.None;
            }

            untilDeath = -1;
            dead = true;
            Kills.Add($"{seen.Action} in step {play.Step}");
        }

        play.Kill(proxy.GoAway);
        return Kills.Count % 2 == 1 ? FaultKind.Drop : FaultKind.LateDrop;
    }

    private void Revive()
    {
        proxy.ComeBack();
        dead = false;
    }
}
