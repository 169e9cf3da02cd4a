namespace Watchdog.Tests.Drills;

/// <summary>Whether <c>scripts/drills --quick</c> asks for a seeded sample instead of everything.</summary>
internal static class Quick
{
    public static bool Is => Environment.GetEnvironmentVariable("WATCHDOG_DRILLS") == "quick";
}
