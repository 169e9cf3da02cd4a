using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;

namespace Watchdog.Bench.Week.Play;

/// <summary>
/// Ends lives of a worker by SIGKILL, each at a random instant of wall time. Of five, one comes anywhere in a pass. Two wait for a turn of the actuator with stops under way,
/// and come within the time that two such turns take. One waits for a stop that EC2 is asked for, one for any change that it is: they come within the time in which it is made,
/// answered and noted. One that comes when its pass is over waits for the next.
/// </summary>
internal sealed class WeekKiller
{
    private static readonly TimeSpan Noted = TimeSpan.FromMilliseconds(25);
    private readonly Lock gate = new();
    private readonly Random random;
    private readonly WeekStage stage;
    private readonly NpgsqlDataSource database;
    private readonly ConcurrentDictionary<long, string> asked = new();
    private readonly Queue<DateTimeOffset> dates;
    private readonly List<WeekKill> kills = [];
    private readonly Usual turn = new(TimeSpan.FromMilliseconds(30));
    private readonly Usual pass = new(TimeSpan.FromMilliseconds(60));
    private (CancellationTokenSource Over, Task<WeekKill?> Landed)? strike;
    private Process? living;

    /// <param name="length">Of the play; no kill is wanted in its last third, so that each meets the stop that it waits for.</param>
    public WeekKiller(WeekStage stage, NpgsqlDataSource database, TimeSpan length, int seed, int kills)
    {
        (this.stage, this.database, random) = (stage, database, new Random(seed));
        dates = new(Enumerable.Range(0, kills).Select(_ => stage.Birth.At + (random.NextDouble() * length * 2 / 3)).Order());
        var faults = stage.Region.Faults;
        var (before, after) = (faults.Before, faults.After);
        faults.Before = seen =>
        {
            asked[seen.Number] = seen.Action;
            if (seen.Change > 0 && (Aim == Aim.Change ? seen.Action.StartsWith("ec2:", StringComparison.Ordinal) : Aim == Aim.Stop && seen.Action == "ec2:StopInstances"))
            {
                Strike(Noted);
            }

            return before?.Invoke(seen) ?? default;
        };
        faults.After = seen =>
        {
            asked.TryRemove(seen.Number, out _);
            return after?.Invoke(seen) ?? default;
        };
    }

    /// <summary>Where each landed.</summary>
    public IReadOnlyList<WeekKill> Kills => kills;

    private Aim Aim => (Aim)(kills.Count % 5);

    private bool IsDue => dates.TryPeek(out var date) && date <= stage.Clock.GetUtcNow();

    /// <summary>A pass begins.</summary>
    public void Begins(Process life)
    {
        pass.Begin();
        lock (gate)
        {
            living = life;
        }

        if (Aim == Aim.Anywhere)
        {
            Strike(pass.Mean);
        }
    }

    /// <summary>A turn of the actuator begins.</summary>
    public async Task TurnsAsync(CancellationToken ct)
    {
        turn.End();
        if (IsDue && (Aim is Aim.Turn or Aim.LaterTurn))
        {
            await using var command = database.CreateCommand(WeekKill.StopsUnderWay);
            if ((bool)(await command.ExecuteScalarAsync(ct))!)
            {
                Strike(2 * turn.Mean);
            }
        }

        turn.Begin();
    }

    /// <summary>A pass has ended, or a life; whether a life has.</summary>
    public async Task<bool> EndedAsync()
    {
        (CancellationTokenSource Over, Task<WeekKill?> Landed)? under;
        lock (gate)
        {
            (under, strike, living) = (strike, null, null);
        }

        if (under is not { } now)
        {
            turn.End();
            pass.End();
            return false;
        }

        await now.Over.CancelAsync();
        var landed = await now.Landed;
        now.Over.Dispose();
        turn.Forget();
        pass.Forget();
        if (landed is null)
        {
            return false;
        }

        dates.Dequeue();
        kills.Add(landed);
        asked.Clear();
        return true;
    }

    // Does nothing before its date, outside of a pass, and while another one is under way.
    private void Strike(TimeSpan within)
    {
        lock (gate)
        {
            if (living is { } life && strike is null && IsDue)
            {
                var over = new CancellationTokenSource();
                strike = (over, StrikeAsync(life, random.NextDouble() * within, over.Token));
            }
        }
    }

    private async Task<WeekKill?> StrikeAsync(Process life, TimeSpan delay, CancellationToken over)
    {
        try
        {
            await Task.Delay(delay, TimeProvider.System, over);
        }
        catch (OperationCanceledException)
        {
            return null;
        }

        life.Kill();
        List<string> unanswered = [.. asked.Values];
        await life.WaitForExitAsync(CancellationToken.None);
        return await WeekKill.ReadAsync(database, stage.Clock.GetUtcNow(), unanswered, CancellationToken.None);
    }

    // How long something usually takes, wall time; the last ones count most.
    private sealed class Usual(TimeSpan first)
    {
        private long? begun;

        public TimeSpan Mean { get; private set; } = first;

        public void Begin() => begun = TimeProvider.System.GetTimestamp();

        public void Forget() => begun = null;

        public void End()
        {
            if (begun is { } since)
            {
                Mean += (TimeProvider.System.GetElapsedTime(since) - Mean) / 8;
            }

            begun = null;
        }
    }
}

/// <summary>What a kill waits for.</summary>
internal enum Aim
{
    /// <summary>A pass.</summary>
    Anywhere,
    /// <summary>A turn of the actuator with stops under way.</summary>
    Turn,
    /// <summary>EC2 is asked for a stop.</summary>
    Stop,
    /// <summary>As <see cref="Turn"/>.</summary>
    LaterTurn,
    /// <summary>EC2 is asked for any change.</summary>
    Change,
}
