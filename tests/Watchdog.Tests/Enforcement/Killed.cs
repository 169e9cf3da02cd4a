using Npgsql;

namespace Watchdog.Tests.Enforcement;

/// <summary>Nothing in the program mends the loss of its database: like a kill, it ends the run where it stands.</summary>
internal sealed class KilledException : NpgsqlException;

/// <summary>Lives after the first.</summary>
internal static class Killed
{
    /// <summary>Runs, and runs again with a fresh lease after each kill, until nothing is under way.</summary>
    public static async Task ReviveAsync(World world)
    {
        for (var life = 0; life < 10; life++)
        {
            try
            {
                await world.SettleAsync();
                return;
            }
            catch (KilledException)
            {
                world.Clock.Advance(TimeSpan.FromSeconds(1));
            }
        }

        Assert.Fail("Ten lives were not enough.");
    }
}
