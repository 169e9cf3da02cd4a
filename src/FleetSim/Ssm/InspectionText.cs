using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Ssm;

/// <summary>Renders what a look inside shows as the inspection document prints it (docs/ssm/fleet-inspect-output.md, version 1).</summary>
internal static class InspectionText
{
    /// <summary>The document stops here, wherever that is.</summary>
    private const int MaxLength = 20_000;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(GuestView guest, DateTimeOffset at)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("v"u8, 1);
            json.WriteNumber("at"u8, at.ToUnixTimeSeconds());
            Number(json, "up"u8, guest.UptimeSeconds);
            json.WriteStartArray("load"u8);
            json.WriteNumberValue(Math.Round(guest.Load1, 2));
            json.WriteNumberValue(Math.Round(guest.Load5, 2));
            json.WriteNumberValue(Math.Round(guest.Load15, 2));
            json.WriteEndArray();
            json.WriteStartObject("cpu"u8);
            Number(json, "user"u8, guest.UserPercent);
            Number(json, "system"u8, guest.SystemPercent);
            Number(json, "steal"u8, guest.StealPercent);
            Number(json, "iowait"u8, guest.IowaitPercent);
            json.WriteEndObject();
            Number(json, "forks"u8, guest.ForksPerSecond);
            json.WriteNumber("procs"u8, guest.Processes);
            json.WriteNumber("threads"u8, guest.Threads);
            json.WriteStartObject("pids"u8);
            json.WriteNumber("cur"u8, guest.PidsCurrent);
            json.WriteNumber("max"u8, guest.PidsMax);
            json.WriteEndObject();
            json.WriteNumber("huge"u8, guest.HugePages);
            json.WriteBoolean("msr"u8, guest.MsrLoaded);
            Processes(json, guest.TopProcesses);
            Connections(json, guest.Connections);
            Sessions(json, guest.Sessions);
            Lines(json, "gpu"u8, guest.GpuProcesses);
            Lines(json, "k"u8, guest.KernelLines);
            json.WriteBoolean("end"u8, true);
            json.WriteEndObject();
        }

        var text = Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
        return text.Length <= MaxLength ? text : text[..MaxLength];
    }

    private static void Processes(Utf8JsonWriter json, IReadOnlyList<GuestProcess> processes)
    {
        json.WriteStartArray("p"u8);
        foreach (var p in processes)
        {
            json.WriteStartObject();
            json.WriteNumber("pid"u8, p.Pid);
            json.WriteNumber("ppid"u8, p.ParentPid);
            json.WriteNumber("uid"u8, p.Uid);
            json.WriteString("comm"u8, p.Comm);
            json.WriteString("exe"u8, p.Exe);
            json.WriteString("args"u8, p.Args);
            Number(json, "age"u8, p.AgeSeconds);
            Number(json, "cpu"u8, p.CpuSeconds);
            json.WriteNumber("start"u8, p.StartTicks);
            json.WriteNumber("thr"u8, p.Threads);
            json.WriteNumber("rss"u8, p.RssKilobytes);
            json.WriteBoolean("del"u8, p.ExeDeleted);
            json.WriteString("cwd"u8, p.Cwd);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Connections(Utf8JsonWriter json, IReadOnlyList<GuestConnection> connections)
    {
        json.WriteStartArray("c"u8);
        foreach (var c in connections)
        {
            json.WriteStartObject();
            json.WriteNumber("pid"u8, c.Pid);
            json.WriteString("ip"u8, c.PeerAddress);
            json.WriteNumber("port"u8, c.PeerPort);
            json.WriteNumber("lport"u8, c.LocalPort);
            json.WriteBoolean("out"u8, c.Outbound);
            Number(json, "age"u8, c.AgeSeconds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Sessions(Utf8JsonWriter json, IReadOnlyList<GuestSession> sessions)
    {
        json.WriteStartArray("s"u8);
        foreach (var s in sessions)
        {
            json.WriteStartObject();
            json.WriteString("user"u8, s.User);
            json.WriteString("tty"u8, s.Tty);
            json.WriteString("from"u8, s.From);
            Number(json, "idle"u8, s.IdleSeconds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Lines(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<string>? lines)
    {
        json.WriteStartArray(name);
        foreach (var line in lines ?? [])
            json.WriteStringValue(line);
        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, ReadOnlySpan<byte> name, double value) => json.WriteNumber(name, Math.Round(value, 1));
}
