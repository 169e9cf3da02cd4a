using System.Text;
using System.Text.Json;
using Watchdog.Detectors.Facts;

namespace Watchdog.Telemetry;

/// <summary>
/// Reads the inspection document's output (<c>docs/ssm/fleet-inspect-output.md</c>). The guest's owner can write whatever he likes there, and
/// SSM cuts it anywhere: what can be read before the first fault is kept, bounded, and everything else is absent. It never throws.
/// </summary>
public static class GuestSnapshotParser
{
    /// <summary>Longest text that is looked at, characters; SSM gives at most 24,000.</summary>
    public const int MaxLength = 32_768;
    private const int MaxDepth = 6;

    /// <summary>Parses a text.</summary>
    /// <param name="text">Standard output of the document.</param>
    /// <param name="receivedAt">Fleet time; stands in for the guest's clock where that is absent or more than a day off.</param>
    public static GuestSnapshot Parse(string? text, DateTimeOffset receivedAt)
    {
        var draft = new GuestSnapshotDraft();
        text ??= "";
        var bytes = Encoding.UTF8.GetBytes(text, 0, Math.Min(text.Length, MaxLength));
        // Not final: a text that was cut ends the reading instead of failing it.
        var reader = new Utf8JsonReader(bytes, isFinalBlock: false, new JsonReaderState(new() { MaxDepth = MaxDepth }));
        try
        {
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                ReadTop(ref reader, draft);
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            draft.End = false;
        }

        return draft.Freeze(receivedAt);
    }

    private static void ReadTop(ref Utf8JsonReader reader, GuestSnapshotDraft draft)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = GuestJson.Text(ref reader, 16);
            if (!reader.Read())
            {
                return;
            }

            if (key == "v" && GuestJson.Number(ref reader, 1, 1) is double.NaN)
            {
                // Another version's keys may mean other things.
                return;
            }

            if (!ReadKey(ref reader, draft, key))
            {
                return;
            }
        }
    }

    // False: the text ended inside the value.
    private static bool ReadKey(ref Utf8JsonReader reader, GuestSnapshotDraft draft, string key)
    {
        switch (key)
        {
            case "at": draft.At = GuestJson.Number(ref reader, 0, 253_402_300_799); break;
            case "up": draft.Uptime = GuestJson.Number(ref reader, 0, 1e9); break;
            case "load": return ReadLoad(ref reader, draft);
            case "cpu": return ReadCpu(ref reader, draft);
            case "forks": draft.Forks = GuestJson.Number(ref reader, 0, 1e7); break;
            case "procs": draft.Processes = GuestJson.Count(ref reader); break;
            case "threads": draft.Threads = GuestJson.Count(ref reader); break;
            case "pids": return ReadPids(ref reader, draft);
            case "huge": draft.HugePages = GuestJson.Count(ref reader); break;
            case "msr": draft.Msr = GuestJson.Flag(ref reader); break;
            case "p": return GuestLists.Read(ref reader, draft.Top, GuestLists.MaxProcesses, GuestLists.Process);
            case "c": return GuestLists.Read(ref reader, draft.Connections, GuestLists.MaxConnections, GuestLists.Connection);
            case "s": return GuestLists.Read(ref reader, draft.Sessions, GuestLists.MaxSessions, GuestLists.Session);
            case "gpu": return GuestLists.Read(ref reader, draft.Gpu, GuestLists.MaxGpu, GuestLists.Line);
            case "k": return GuestLists.Read(ref reader, draft.Kernel, GuestLists.MaxKernelLines, GuestLists.Line);
            case "end": draft.End = GuestJson.Flag(ref reader) == true; return true;
        }

        return GuestJson.Leave(ref reader);
    }

    private static bool ReadLoad(ref Utf8JsonReader reader, GuestSnapshotDraft draft)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return GuestJson.Leave(ref reader);
        }

        var at = 0;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                return true;
            }

            if (at < draft.Load.Length)
            {
                draft.Load[at++] = GuestJson.Number(ref reader, 0, 1e6);
            }

            if (!GuestJson.Leave(ref reader))
            {
                return false;
            }
        }

        return false;
    }

    private static bool ReadCpu(ref Utf8JsonReader reader, GuestSnapshotDraft draft) => GuestJson.Fields(ref reader, (string key, ref Utf8JsonReader value) =>
    {
        switch (key)
        {
            case "user": draft.User = GuestJson.Number(ref value, 0, 100); break;
            case "system": draft.System = GuestJson.Number(ref value, 0, 100); break;
            case "steal": draft.Steal = GuestJson.Number(ref value, 0, 100); break;
            case "iowait": draft.Iowait = GuestJson.Number(ref value, 0, 100); break;
        }
    });

    private static bool ReadPids(ref Utf8JsonReader reader, GuestSnapshotDraft draft) => GuestJson.Fields(ref reader, (string key, ref Utf8JsonReader value) =>
    {
        switch (key)
        {
            case "cur": draft.PidsCurrent = GuestJson.Count(ref value); break;
            case "max": draft.PidsMax = GuestJson.Count(ref value); break;
        }
    });
}
