namespace Watchdog.Detectors.Features;

/// <summary>CPU that comes in whole cores.</summary>
public static class Quantised
{
    /// <summary>Whole cores that an added level amounts to.</summary>
    /// <param name="addedPercent">Added CPU, percent of all vCPUs.</param>
    /// <param name="vcpus">vCPUs.</param>
    /// <param name="tolerance">Distance allowed, percent points of all vCPUs.</param>
    /// <returns>1 to <paramref name="vcpus"/>; 0 when the level is not near a whole number of cores.</returns>
    public static int Cores(double addedPercent, int vcpus, double tolerance)
    {
        var perCore = 100d / Math.Max(1, vcpus);
        var cores = (int)Math.Round(addedPercent / perCore);
        return cores >= 1 && cores <= vcpus && Math.Abs(addedPercent - (cores * perCore)) <= tolerance ? cores : 0;
    }
}
