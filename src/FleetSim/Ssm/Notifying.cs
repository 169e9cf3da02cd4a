using System.Globalization;
using System.Text;
using System.Text.Json;
using Watchdog.FleetSim.Fleet;
using Watchdog.FleetSim.State;

namespace Watchdog.FleetSim.Ssm;

/// <summary>What the notifying document does in a guest, and prints (docs/ssm/notify-output.md, version 1).</summary>
internal sealed class Notifying(IReadOnlyDictionary<string, string> parameters)
{
    private readonly int _minutes = int.Parse(parameters["minutes"], CultureInfo.InvariantCulture);

    /// <summary>Puts it into the VM's record at the instant at which its agent will take the command. Under the Region's lock.</summary>
    public void Apply(RegionState region, int index, DateTimeOffset at) => region.Change(index).Notices.Add(new GuestNotice(at, parameters["code"], _minutes));

    /// <summary>What it prints.</summary>
    public string Output()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("v"u8, 1);
            json.WriteString("operation"u8, parameters["operation"]);
            json.WriteString("code"u8, parameters["code"]);
            json.WriteNumber("minutes"u8, _minutes);
            json.WriteString("state"u8, "told"u8);
            json.WriteBoolean("wall"u8, true);
            json.WriteBoolean("motd"u8, true);
            json.WriteBoolean("end"u8, true);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
