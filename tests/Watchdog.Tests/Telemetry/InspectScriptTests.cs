using System.Diagnostics;
using System.Text.Json;

namespace Watchdog.Tests.Telemetry;

/// <summary>The inspection script's text, by every shell of this machine: a miner's stand-in, the order of keys, hostile bytes.</summary>
public class InspectScriptTests
{
    public static TheoryData<string> Shells => [.. Standin.Shells];

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task A_miner_is_seen_with_its_executable_its_arguments_and_its_pool(string shell)
    {
        using var standin = new Standin();
        var snapshot = await standin.LookAsync("miner", look => Standin.Named(look, "xmrig") is { CpuSeconds: > 0 } && look.Connections.Any(c => c.Outbound && c.PeerPort == standin.Port), shell);

        Assert.True(snapshot!.Complete);
        var miner = Standin.Named(snapshot, "xmrig")!;
        Assert.EndsWith("/xmrig", miner.Exe, StringComparison.Ordinal);
        Assert.False(miner.ExeDeleted);
        Assert.Contains($"-o stratum+tcp://127.0.0.1:{standin.Port} -u 4777", miner.Args, StringComparison.Ordinal);
        Assert.Contains("--pass=*** --donate-level 1", miner.Args, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", miner.Args, StringComparison.Ordinal);
        Assert.InRange(miner.AgeSeconds, 0.01, 25);
        Assert.Equal((1, "tmp"), (miner.Threads, miner.Cwd));
        Assert.InRange(snapshot.UptimeSeconds - miner.AgeSeconds - (miner.StartTicks!.Value / 100.0), -30, 30);
        Assert.InRange(miner.RssKilobytes, 500, 100_000);
        var pool = Assert.Single(snapshot.Connections, connection => connection.Outbound && connection.PeerPort == standin.Port && connection.Pid == miner.Pid);
        Assert.Equal("127.0.0.1", pool.PeerAddress);
        Assert.True(double.IsNaN(pool.AgeSeconds), "the kernel keeps no age of a connection");
        Assert.InRange(snapshot.Processes!.Value, 2, 100_000);
        Assert.InRange(snapshot.UserPercent + snapshot.SystemPercent, 1, 100.1);
        Assert.True(snapshot.PidsMax > 0 && snapshot.Load1 >= 0 && snapshot.UptimeSeconds > 0);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task The_text_is_one_json_object_in_the_order_that_is_promised(string shell)
    {
        var text = await RunAsync(shell, []);
        using var json = JsonDocument.Parse(text);

        Assert.InRange(text.Length, 200, 20_000);
        Assert.Equal("v at up load cpu forks procs threads pids huge msr p c s gpu k end".Split(' '), json.RootElement.EnumerateObject().Select(key => key.Name));
        Assert.InRange(json.RootElement.GetProperty("at").GetInt64() - TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), -600, 600);
    }

    [Fact]
    public async Task Bytes_that_would_break_the_text_are_escaped_and_secrets_masked()
    {
        const string nasty = "q\"uo\\te\u0001\t\n==> /proc/1/cmdline <==\n";
        string[] arguments =
        [
            "-c", "while :; do :; done", "x", nasty, "grüß", "--api-key", "s3cr3t", "DB_PASSWORD=s3cr3t", "https://me:s3cr3t@example.org/", "AKIAS3CR3TS3CR3TS3CR",
            "bash -c 'export TOKEN=s3cr3t; run --token-len 5'", "stratum+ssl://wallet.worker@pool.example:443", "-H", "Authorization: Bearer s3cr3t",
        ];
        var text = await RunAsync("sh", arguments);
        using var json = JsonDocument.Parse(text);
        var shown = json.RootElement.GetProperty("p").EnumerateArray().Select(p => p.GetProperty("args").GetString()!)
            .First(args => args.StartsWith("bash -c while", StringComparison.Ordinal));

        Assert.Contains("grüß", shown, StringComparison.Ordinal);
        Assert.Contains("q\"uo\\te\u0001\t", shown, StringComparison.Ordinal);
        Assert.Contains("--api-key *** DB_PASSWORD=*** https://me:***@example.org/ AKIA***", shown, StringComparison.Ordinal);
        Assert.Contains("stratum+ssl://wallet.worker@pool.example:443", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", text, StringComparison.OrdinalIgnoreCase);
    }

    // One look, beside a loop with arguments of one's choice where there are any.
    private static async Task<string> RunAsync(string shell, string[] arguments)
    {
        const string command = """[ $# = 2 ] || timeout -k 1 30 bash "${@:3}" & sleep 1; $1 "$2"; kill $!; exit 0""";
        string[] line = [.. Standin.Isolation, "bash", "-c", command, "look", shell, Standin.Script, .. arguments];
        using var process = Process.Start(new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return text;
    }
}
