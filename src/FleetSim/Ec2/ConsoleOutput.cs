using System.Text;
using Watchdog.FleetSim.Fleet;
using Watchdog.FleetSim.State;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.Ec2;

/// <summary>GetConsoleOutput: base64, the last 64 KiB. Latest reads it now (Nitro only); else it is what was posted after the last boot.</summary>
internal static class ConsoleOutput
{
    private const int Kept = 64 * 1024;
    private static readonly TimeSpan PostedAfterBoot = TimeSpan.FromMinutes(5);

    public static void Get(Call call, XmlOut xml)
    {
        var region = call.Region;
        var index = InstanceIds.Resolve(region, [call.Fields.Need("InstanceId")], call.Seen)[0];
        var vm = region.Vms[index];
        var latest = call.Fields.Flag("Latest");
        if (latest && !InstanceTypes.IsNitro(vm.InstanceType))
            throw new AwsError(400, "UnsupportedOperation", "This instance type does not support retrieving the latest console logs. Supported instance types are those built on the Nitro System.");
        DryRun.Stop(call);
        var moment = region.MomentAt(index, call.Now);
        if (!latest && moment is { } running)
        {
            var posted = running.RunningSince + PostedAfterBoot;
            moment = posted > call.Now ? null : running with { At = posted };
        }

        xml.Text("instanceId"u8, vm.InstanceId);
        xml.Time("timestamp"u8, moment?.At ?? call.Now);
        xml.Text("output"u8, moment is { } at ? Encode(vm, at) : "");
    }

    private static string Encode(SimulatedVm vm, in VmMoment at)
    {
        var bytes = Encoding.UTF8.GetBytes(vm.Behaviour.ConsoleOf(at));
        return Convert.ToBase64String(bytes.AsSpan(Math.Max(0, bytes.Length - Kept)));
    }
}
