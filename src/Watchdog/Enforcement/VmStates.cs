namespace Watchdog.Enforcement;

/// <summary>EC2's names of an instance's states, as far as plans speak of them.</summary>
internal static class VmStates
{
    public const string Pending = "pending";
    public const string Running = "running";
    public const string Stopping = "stopping";
    public const string Stopped = "stopped";
    public const string ShuttingDown = "shutting-down";
    public const string Terminated = "terminated";

    /// <summary>No act can reach it any more.</summary>
    public static bool IsGone(string state) => state is ShuttingDown or Terminated;
}
