using System.Globalization;
using System.Text;
using System.Text.Json;
using Watchdog.FleetSim.Fleet;
using Watchdog.FleetSim.State;

namespace Watchdog.FleetSim.Ssm;

/// <summary>What the restraining document does in a guest, and prints (docs/ssm/restrain-output.md, version 1).</summary>
internal sealed class Restraining(IReadOnlyDictionary<string, string> parameters)
{
    private readonly string _action = parameters["action"];
    private readonly int _pid = int.Parse(parameters["pid"], CultureInfo.InvariantCulture);
    private readonly long _start = long.Parse(parameters["startTime"], CultureInfo.InvariantCulture);
    private readonly int _percent = int.Parse(parameters["cpuPercent"], CultureInfo.InvariantCulture);
    private readonly bool _crowd = parameters["reach"] == "crowd";

    /// <summary>Puts the change into the VM's record at the instant at which its agent will take the command. Under the Region's lock.</summary>
    public void Apply(RegionState region, int index, DateTimeOffset at)
    {
        switch (StateAt(region, index, at))
        {
            case "capped":
                region.Change(index).Restraints.Add(at, new Restraint(Held(region, index, at)?.Since ?? at, _pid, _start, _percent, false));
                break;
            case "ended":
                region.Change(index).Restraints.Add(at, new Restraint(at, _pid, _start, _percent, true));
                break;
            case "lifted" when Held(region, index, at) is not null:
                region.Change(index).Restraints.Add(at, null);
                break;
        }
    }

    /// <summary>What it prints when it is taken at the instant.</summary>
    public string Output(RegionState region, int index, DateTimeOffset at)
    {
        // Its own effect is in the record by now: what it found was there a moment before.
        var state = StateAt(region, index, at.AddTicks(-1));
        var capped = state == "capped";
        var up = region.RunningSince(index, at) is { } since ? (at - since).TotalSeconds : 0;
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("v"u8, 1);
            json.WriteString("operation"u8, parameters["operation"]);
            json.WriteString("action"u8, _action);
            json.WriteString("state"u8, state);
            json.WriteString("why"u8, state switch { "changed" => "another process has taken the number", "refused" => "it must be left alone", _ => "" });
            json.WriteNumber("pid"u8, _pid);
            json.WriteNumber("start"u8, _start);
            json.WriteNumber("up"u8, Math.Round(up, 2));
            if (capped && Find(region, index, at) is { } process)
                json.WriteNumber("used"u8, (long)(process.CpuSeconds * 100));
            else
                json.WriteNull("used"u8);
            json.WriteString("by"u8, capped ? "systemd"u8 : ""u8);
            json.WriteString("cpu"u8, capped ? $"{_percent * 1000} 100000" : "");
            json.WriteString("tasks"u8, !capped ? "" : _crowd ? "1" : "max");
            json.WriteNumber("procs"u8, capped ? 1 : 0);
            json.WriteNumber("outside"u8, 0);
            json.WriteString("before"u8, capped ? "/user.slice/user-1000.slice/session-3.scope"u8 : ""u8);
            json.WriteBoolean("end"u8, true);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private string StateAt(RegionState region, int index, DateTimeOffset at)
    {
        if (_action == "lift" && Held(region, index, at) is not null)
            return "lifted";
        if (Find(region, index, at) is not { } process)
            return "gone";
        if (process.StartTicks != _start)
            return "changed";
        return (_action, _crowd) switch
        {
            ("lift", _) => "lifted",
            _ when _pid == 1 => "refused",
            ("end", true) => "refused",
            ("end", false) => "ended",
            _ => "capped",
        };
    }

    private Restraint? Held(RegionState region, int index, DateTimeOffset at) =>
        region.RestraintAt(index, at) is { Ended: false } held && held.Pid == _pid && held.StartTicks == _start ? held : null;

    private GuestProcess? Find(RegionState region, int index, DateTimeOffset at) => region.MomentAt(index, at) is { } moment
        ? moment.Vm.Behaviour.GuestOf(moment).TopProcesses.FirstOrDefault(p => p.Pid == _pid)
        : null;
}
