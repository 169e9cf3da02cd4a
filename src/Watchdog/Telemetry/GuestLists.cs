using System.Text.Json;
using Watchdog.Detectors.Facts;

namespace Watchdog.Telemetry;

/// <summary>Reads a snapshot's lists, bounded; an element that was cut off, or that lacks what names it, is dropped.</summary>
internal static class GuestLists
{
    public const int MaxProcesses = 40;
    public const int MaxConnections = 200;
    public const int MaxSessions = 32;
    public const int MaxGpu = 16;
    public const int MaxKernelLines = 50;
    private const int MaxPid = 4_194_304;
    private const double MaxSeconds = 1e10;

    /// <summary>Reads one element; null when it is not usable. <paramref name="whole"/> is false when the text ended inside it.</summary>
    public delegate T? Element<T>(ref Utf8JsonReader reader, out bool whole) where T : class;

    /// <summary>Reads an array into a list; false when the text ended inside it.</summary>
    public static bool Read<T>(ref Utf8JsonReader reader, List<T> list, int max, Element<T> element) where T : class
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return GuestJson.Leave(ref reader);
        }

        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                return true;
            }

            var value = element(ref reader, out var whole);
            if (!whole)
            {
                return false;
            }

            if (value is not null && list.Count < max)
            {
                list.Add(value);
            }
        }

        return false;
    }

    public static string? Line(ref Utf8JsonReader reader, out bool whole)
    {
        var text = GuestJson.Text(ref reader, 300);
        whole = GuestJson.Leave(ref reader);
        return text.Length == 0 ? null : text;
    }

    public static GuestProcess? Process(ref Utf8JsonReader reader, out bool whole)
    {
        int pid = -1, parent = -1, uid = -1, threads = 0;
        string comm = "", exe = "", args = "", cwd = "other";
        double age = double.NaN, cpu = double.NaN, rss = 0;
        var deleted = false;
        long? start = null;
        whole = GuestJson.Fields(ref reader, (string key, ref Utf8JsonReader value) =>
        {
            switch (key)
            {
                case "pid": pid = Id(ref value, MaxPid); break;
                case "ppid": parent = Id(ref value, MaxPid); break;
                case "uid": uid = Id(ref value, int.MaxValue); break;
                case "comm": comm = GuestJson.Text(ref value, 64); break;
                case "exe": exe = GuestJson.Text(ref value, 256); break;
                case "args": args = GuestJson.Text(ref value, 512); break;
                case "age": age = GuestJson.Number(ref value, 0, MaxSeconds); break;
                case "cpu": cpu = GuestJson.Number(ref value, 0, MaxSeconds); break;
                case "start": start = GuestJson.Ticks(ref value); break;
                case "thr": threads = GuestJson.Count(ref value) ?? 0; break;
                case "rss": rss = GuestJson.Number(ref value, 0, 1e13); break;
                case "del": deleted = GuestJson.Flag(ref value) == true; break;
                case "cwd": cwd = GuestJson.Text(ref value, 16) is "home" or "tmp" or "shm" or "system" ? GuestJson.Text(ref value, 16) : "other"; break;
            }
        });
        return whole && pid > 0 ? new(pid, parent, uid, comm, exe, args, age, cpu, threads, double.IsNaN(rss) ? 0 : (long)rss, deleted, cwd, start) : null;
    }

    public static GuestConnection? Connection(ref Utf8JsonReader reader, out bool whole)
    {
        int pid = -1, peerPort = -1, localPort = -1;
        var ip = "";
        var age = double.NaN;
        bool? outbound = null;
        whole = GuestJson.Fields(ref reader, (string key, ref Utf8JsonReader value) =>
        {
            switch (key)
            {
                case "pid": pid = Id(ref value, MaxPid); break;
                case "ip": ip = GuestJson.Text(ref value, 64); break;
                case "port": peerPort = Id(ref value, 65_535); break;
                case "lport": localPort = Id(ref value, 65_535); break;
                case "out": outbound = GuestJson.Flag(ref value); break;
                case "age": age = GuestJson.Number(ref value, 0, MaxSeconds); break;
            }
        });
        return whole && ip.Length > 0 && peerPort >= 0 && outbound is { } direction ? new(pid, ip, peerPort, localPort, direction, age) : null;
    }

    public static GuestSession? Session(ref Utf8JsonReader reader, out bool whole)
    {
        string user = "", tty = "", from = "";
        var idle = double.NaN;
        whole = GuestJson.Fields(ref reader, (string key, ref Utf8JsonReader value) =>
        {
            switch (key)
            {
                case "user": user = GuestJson.Text(ref value, 64); break;
                case "tty": tty = GuestJson.Text(ref value, 32); break;
                case "from": from = GuestJson.Text(ref value, 128); break;
                case "idle": idle = GuestJson.Number(ref value, 0, MaxSeconds); break;
            }
        });
        return whole && user.Length > 0 ? new(user, tty, from, idle) : null;
    }

    // -1 where the guest gave none that is possible.
    private static int Id(ref Utf8JsonReader reader, int max) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var id) && id >= 0 && id <= max ? id : -1;
}
