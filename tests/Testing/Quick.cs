namespace Watchdog.Testing;

/// <summary>Whether <c>scripts/drills --quick</c> asks for a seeded sample instead of everything.</summary>
public static class Quick
{
    public static bool Is => Environment.GetEnvironmentVariable("WATCHDOG_DRILLS") == "quick";
}
