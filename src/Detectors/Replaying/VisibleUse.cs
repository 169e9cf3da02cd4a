namespace Watchdog.Detectors.Replaying;

/// <summary>Use that a recording shows: what makes an idle alarm wrong where it was published in time.</summary>
public static class VisibleUse
{
    private const float CpuPercent = 10;
    private const float NetworkBytes = 2_000_000;

    /// <summary>Whether the hour before the end of the alarm's deciding sample shows use: what it could have known.</summary>
    public static bool Known(RecordedVm vm, Alarm alarm) => Before(vm, alarm.SeenUntil);

    /// <summary>Whether only later periods, not published yet at the decision, show use.</summary>
    public static bool Unpublished(RecordedVm vm, Alarm alarm) => !Known(vm, alarm) && Before(vm, alarm.OpenedAt);

    /// <summary>Whether a period of the hour before the instant shows more than 10 % CPU or 2 MB of traffic.</summary>
    public static bool Before(RecordedVm vm, DateTimeOffset instant)
    {
        var end = (int)Math.Clamp((instant - vm.Start).TotalSeconds / vm.PeriodSeconds, 0, vm.Periods);
        for (var i = Math.Max(0, end - (3600 / vm.PeriodSeconds)); i < end; i++)
        {
            if (At(vm.Cpu, i) > CpuPercent || At(vm.NetworkIn, i) + At(vm.NetworkOut, i) > NetworkBytes)
            {
                return true;
            }
        }

        return false;
    }

    private static float At(float[] column, int index) => index < column.Length && !float.IsNaN(column[index]) ? column[index] : 0;
}
