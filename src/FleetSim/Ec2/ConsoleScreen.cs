using Watchdog.FleetSim.State;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.Ec2;

/// <summary>GetConsoleScreenshot: a JPEG of a running VM, with its id as a comment; bare metal has no screen.</summary>
internal static class ConsoleScreen
{
    /// <summary>A grey picture of eight by eight points.</summary>
    private const string Grey =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/wAALCAAIAAgBAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/APn+iiiv/9k=";

    public static void Get(Call call, XmlOut xml)
    {
        var index = InstanceIds.Resolve(call.Region, [call.Fields.Need("InstanceId")], call.Seen)[0];
        var vm = call.Region.Vms[index];
        if (vm.InstanceType.EndsWith(".metal", StringComparison.Ordinal))
            throw new AwsError(400, "UnsupportedOperation", "This instance type does not support console screenshots.");
        if (call.Region.PowerAt(index, call.Now) is not { State: PowerState.Running })
            throw new AwsError(400, "IncorrectInstanceState", $"The instance '{vm.InstanceId}' is not in the 'running' state.");
        DryRun.Stop(call);
        xml.Text("instanceId"u8, vm.InstanceId);
        xml.Text("imageData"u8, Convert.ToBase64String(Picture(vm.InstanceId)));
    }

    // The comment segment goes right behind the start of image.
    private static byte[] Picture(string comment)
    {
        var grey = Convert.FromBase64String(Grey);
        byte[] segment = [0xFF, 0xFE, 0, (byte)(comment.Length + 2), .. System.Text.Encoding.ASCII.GetBytes(comment)];
        return [.. grey[..2], .. segment, .. grey[2..]];
    }
}
