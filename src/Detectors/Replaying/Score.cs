namespace Watchdog.Detectors.Replaying;

/// <summary>One class's figures.</summary>
/// <param name="Events">Labelled events.</param>
/// <param name="Hit">Of them, hit by an abuse alarm of any class (idle: by an idle alarm).</param>
/// <param name="RightClass">Of the hit ones, first hit by an alarm of the label's own class.</param>
/// <param name="MedianMinutes">Median minutes from the event's start to the deciding sample's timestamp; NaN when none was hit.</param>
/// <param name="P90Minutes">90th percentile of the same.</param>
public sealed record ClassScore(int Events, int Hit, int RightClass, double MedianMinutes, double P90Minutes)
{
    /// <summary>Hit / events; NaN without events.</summary>
    public double Recall => Events == 0 ? double.NaN : (double)Hit / Events;
}

/// <summary>An event that no alarm hit, or an alarm that hit no event.</summary>
/// <param name="InstanceId">The VM.</param>
/// <param name="At">The event's start, or the alarm's opening.</param>
/// <param name="Text">Label and notes, or class and reason.</param>
public sealed record Mistake(string InstanceId, DateTimeOffset At, string Text);

/// <summary>The figures of a replay. An abuse event is hit by an alarm opened in [start, end + 30 min]; an alarm opened elsewhere is false; a VM's false alarms within 6 h are one episode. Idle alarms are counted apart.</summary>
/// <param name="Precision">Abuse VMs hit / (abuse VMs hit + VMs with a false abuse alarm); NaN without alarms.</param>
/// <param name="Recall">Abuse events hit / abuse events; NaN without events.</param>
/// <param name="FalseEpisodes">False abuse episodes.</param>
/// <param name="VmDays">Recorded VM-days.</param>
/// <param name="Classes">Per label.</param>
/// <param name="Kinds">Per label and kind, from the notes.</param>
/// <param name="FalseByStratum">False episodes per 1,000 VM-days by the benign VM's stratum; abuse VMs under <c>abuse</c>.</param>
/// <param name="IdleOpened">Idle alarms opened.</param>
/// <param name="IdleInUse">Of them, opened with visible use in the hour before the end of the deciding sample.</param>
/// <param name="IdleUnpublishedUse">Of the others, those with use that was not published yet at the decision; 0 unless replayed as a worker.</param>
/// <param name="Misses">Events not hit.</param>
/// <param name="FalseAlarms">Alarms that hit nothing.</param>
public sealed record Score(double Precision, double Recall, int FalseEpisodes, double VmDays, IReadOnlyDictionary<string, ClassScore> Classes,
    IReadOnlyDictionary<string, ClassScore> Kinds, IReadOnlyDictionary<string, double> FalseByStratum, int IdleOpened, int IdleInUse, int IdleUnpublishedUse,
    IReadOnlyList<Mistake> Misses, IReadOnlyList<Mistake> FalseAlarms)
{
    /// <summary>False abuse episodes per 1,000 VM-days.</summary>
    public double FalsePerThousandVmDays => VmDays > 0 ? FalseEpisodes / VmDays * 1000 : double.NaN;

    /// <summary>Harmonic mean of precision and recall.</summary>
    public double F1 => 2 * Precision * Recall / (Precision + Recall);
}
