using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Watchdog.Detectors.Facts;
using Watchdog.Telemetry;

namespace Watchdog.Tests.Telemetry;

/// <summary>
/// A harmless stand-in (tests/standins) in a process namespace of its own where the machine allows that, so that a look by the inspection
/// script shows it and little else.
/// </summary>
internal sealed class Standin : IDisposable
{
    /// <summary>Ports of pools; the first free one is listened on.</summary>
    private static readonly int[] PoolPorts = [3333, 3334, 3335, 3336, 4444, 14444];
    private static readonly string[] KnownShells = ["dash", "bash", "busybox sh"];
    private static readonly Lazy<string[]?> Namespace = new(FindNamespace);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("standin");
    private readonly TcpListener? _listener;

    public Standin()
    {
        foreach (var port in PoolPorts)
        {
            try
            {
                var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                (_listener, Port) = (listener, port);
                return;
            }
            catch (SocketException)
            {
                // Somebody else's: the next.
            }
        }
    }

    /// <summary>The pool's port; 0 when all were taken.</summary>
    public int Port { get; }

    public static string Root { get; } = FindRoot();

    public static string Script => Path.Combine(Root, "docs/ssm/fleet-inspect.sh");

    /// <summary>The command lines of this machine's POSIX shells; bash is there, as the stand-ins need it.</summary>
    public static IEnumerable<string> Shells => KnownShells.Where(shell => Exists(shell.Split(' ')[0]));

    /// <summary>The beginning of a command line that runs in a process namespace of its own; empty where the machine does not allow that.</summary>
    public static string[] Isolation => Namespace.Value ?? [];

    /// <summary>Runs the kind beside the script, looking again until the look shows what is waited for, at most six times. Null: its program is missing here.</summary>
    public async Task<GuestSnapshot?> LookAsync(string kind, Func<GuestSnapshot, bool> shows, string shell = "sh")
    {
        // The looks are lines: the script prints one.
        var text = await OutputAsync(kind, $"for i in 1 2 3 4 5 6; do sleep 1; {shell} '{Script}'; done", shows);
        return text is null ? null : GuestSnapshotParser.Parse(text, DateTimeOffset.UnixEpoch);
    }

    /// <summary>The first listed process whose name begins so and whose executable is known.</summary>
    public static GuestProcess? Named(GuestSnapshot snapshot, string comm) =>
        snapshot.TopProcesses.FirstOrDefault(process => process.Comm.StartsWith(comm, StringComparison.Ordinal) && process.Exe.Length > 0);

    public void Dispose()
    {
        _listener?.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<string?> OutputAsync(string kind, string looks, Func<GuestSnapshot, bool> shows)
    {
        var command = $"'{Root}/tests/standins/stand-in' {kind} '{_folder.FullName}' {Port} >/dev/null 2>&1 & s=$!; {looks} & wait $s; [ $? != 69 ] || echo missing";
        string[] line = [.. Isolation, "bash", "-c", command];
        using var process = Process.Start(new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        string? last = null;
        try
        {
            while (await process.StandardOutput.ReadLineAsync() is { } look)
            {
                if (look == "missing")
                {
                    return null;
                }

                last = look;
                if (shows(GuestSnapshotParser.Parse(look, DateTimeOffset.UnixEpoch)))
                {
                    break;
                }
            }
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        return last ?? throw new InvalidOperationException($"No look beside {kind} printed anything.");
    }

    private static string[]? FindNamespace()
    {
        string[] root = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"];
        string[] user = ["unshare", "--user", "--map-root-user", .. root[1..]];
        return Exists("unshare") ? new[] { root, user }.FirstOrDefault(Works) : null;
    }

    private static bool Works(string[] line)
    {
        using var process = Process.Start(new ProcessStartInfo(line[0], [.. line[1..], "true"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static bool Exists(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Watchdog.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
