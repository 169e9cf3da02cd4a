using Watchdog.Detectors.Facts;

namespace Watchdog.Detectors.Replaying;

/// <summary>The recorded StatusCheckFailed as EC2's status checks would tell it.</summary>
public static class RecordedStatus
{
    /// <summary>The checks as they stand when <paramref name="visible"/> periods have ended; a failing run's start is EC2's ImpairedSince, and a missing point within it does not end it.</summary>
    /// <returns>Unknown when the last two periods are missing.</returns>
    public static StatusFacts? At(RecordedVm recorded, int visible)
    {
        var values = recorded.StatusCheckFailed.AsSpan(0, Math.Min(visible, recorded.StatusCheckFailed.Length));
        if (values.IsEmpty)
        {
            return null;
        }

        var newest = values.Length - 1;
        newest -= float.IsNaN(values[newest]) && newest > 0 ? 1 : 0;
        if (float.IsNaN(values[newest]))
        {
            return new StatusFacts(CheckState.Unknown, CheckState.Unknown, CheckState.Unknown, null);
        }

        if (values[newest] < 0.5f)
        {
            return new StatusFacts(CheckState.Ok, CheckState.Ok, CheckState.Ok, null);
        }

        var first = newest;
        for (var i = newest - 1; i >= 0 && !(values[i] < 0.5f); i--)
        {
            first = values[i] >= 0.5f ? i : first;
        }

        return new StatusFacts(CheckState.Impaired, CheckState.Ok, CheckState.Ok, recorded.Start.AddSeconds((double)first * recorded.PeriodSeconds));
    }
}
