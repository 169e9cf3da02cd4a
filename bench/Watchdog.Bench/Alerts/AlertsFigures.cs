using Watchdog.Bench.Fleet;

namespace Watchdog.Bench.Alerts;

/// <summary>What the database holds of alerts: rows by table, and bytes of all of them with their indexes.</summary>
internal sealed record AlertRows(long Incidents, long Members, long Decisions, long Messages, long LongestMessage, long Bytes)
{
    public static AlertRows operator -(AlertRows now, AlertRows before) => new(
        now.Incidents - before.Incidents, now.Members - before.Members, now.Decisions - before.Decisions, now.Messages - before.Messages, now.LongestMessage, now.Bytes - before.Bytes);
}

/// <summary>What a receiver heard.</summary>
/// <param name="Open">Pages of which the end was not heard.</param>
internal sealed record Heard(string Receiver, int Pages, int Updates, int Ends, int Open);

/// <summary>One wave of findings: raised within a minute of fleet time, told, and over.</summary>
/// <param name="Rows">What it added.</param>
/// <param name="PeakRss">Largest resident set of the process within it, bytes; sending, receivers and all.</param>
/// <param name="LiveAt">Managed heap after a full collection while all of it is on, bytes.</param>
/// <param name="LiveAfter">The same when it is over.</param>
/// <param name="LongestStep">The longest transaction of the pipeline, seconds.</param>
internal sealed record AlertWave(
    int Findings, AlertRows Rows, long PeakRss, long LiveAt, long LiveAfter, double Wall, double LongestStep, IReadOnlyList<Heard> Heard);

/// <summary>The run.</summary>
internal sealed record AlertRun(int Scopes, int Classes, long LiveBefore, long RssBefore, IReadOnlyList<AlertWave> Waves, long LeftOpen, Machine Machine, string LoadBefore, string LoadAfter);
