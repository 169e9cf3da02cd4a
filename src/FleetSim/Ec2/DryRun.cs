using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.Ec2;

internal static class DryRun
{
    /// <summary>Ends a dry run as EC2 does: HTTP 412 is its success. Called after the ids were found, before anything is changed.</summary>
    public static void Stop(Call call)
    {
        if (call.Fields.Flag("DryRun"))
            throw new AwsError(412, "DryRunOperation", "Request would have succeeded, but DryRun flag is set.");
    }
}
