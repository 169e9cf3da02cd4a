namespace Watchdog.Enforcement.Governing;

/// <summary>What a run has done so far, counted from several lanes.</summary>
internal sealed class Tally
{
    private readonly Lock gate = new();
    private int waiting;
    private int done;
    private int ended;
    private bool laneStopped;

    public int Requests { get; set; }
    public int Admitted { get; set; }

    /// <summary>AWS denied a call: no further act begins in this run.</summary>
    public bool LaneStopped
    {
        get
        {
            lock (gate)
            {
                return laneStopped;
            }
        }
    }

    /// <summary>Counts acts that go on later.</summary>
    public void Wait(int acts)
    {
        lock (gate)
        {
            waiting += acts;
        }
    }

    /// <summary>Counts an act's outcome; false: no further one begins. A gathered act counts when its round is over.</summary>
    public bool Count(ActOutcome outcome)
    {
        lock (gate)
        {
            done += outcome == ActOutcome.Done ? 1 : 0;
            ended += outcome == ActOutcome.Ended ? 1 : 0;
            waiting += outcome is ActOutcome.Waits or ActOutcome.LaneStopped ? 1 : 0;
            laneStopped |= outcome == ActOutcome.LaneStopped;
            return !laneStopped;
        }
    }

    public ActuatorReport Report(bool fenced)
    {
        lock (gate)
        {
            return new(Requests, Admitted, done, ended, waiting, fenced);
        }
    }
}
