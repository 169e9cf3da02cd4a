using System.Diagnostics;
using Watchdog.Detectors.Facts;
using Watchdog.Telemetry;

namespace Watchdog.Tests.Telemetry;

/// <summary>The inspection script's parts that this machine's state would decide: programs that it asks, and the process limit.</summary>
public sealed class InspectScriptPartsTests : IDisposable
{
    private const string Limit = "choked = cur >= 0.8 * max";
    private readonly DirectoryInfo _programs = Directory.CreateTempSubdirectory("programs");

    [Fact]
    public async Task Sessions_gpu_processes_and_kernel_lines_come_from_whoever_can_tell()
    {
        Program("who", """
            dev      pts/0        Nov 22 11:30   .         12345 (198.51.100.7)
            ann      pts/1        2026-11-22 11:30 00:05       12346 (198.51.100.8)
            USER       TTY            IDLE      TIME            HOST
            bob        pts/2          01:10     Nov 22 11:30    198.51.100.9
            eve      tty1         Nov 20 08:00  old         900
            """);
        Program("nvidia-smi", """
            4242, /usr/bin/python3, 11304 MiB
            No devices were found
            """);
        Program("dmesg", """
            [    1.0] Linux version 6.1
            [  901.2] Out of memory: Killed process 812 (ja"va) total-vm:9kB
            [  902.0] eth0: link up
            [  950.7] cgroup: fork rejected by pids controller in /user.slice
            """);

        var snapshot = await RunAsync(File.ReadAllText(Standin.Script), $"{_programs.FullName}:{Environment.GetEnvironmentVariable("PATH")}");

        Assert.True(snapshot.Complete);
        Assert.Equal(
            [
                new GuestSession("dev", "pts/0", "198.51.100.7", 0), new GuestSession("ann", "pts/1", "198.51.100.8", 300),
                new GuestSession("bob", "pts/2", "198.51.100.9", 4200), new GuestSession("eve", "tty1", "", 86_400),
            ],
            snapshot.Sessions);
        Assert.Equal("4242, /usr/bin/python3, 11304 MiB", Assert.Single(snapshot.GpuProcesses));
        Assert.Equal(2, snapshot.KernelLines.Count);
        Assert.Contains("Killed process 812 (ja\"va)", snapshot.KernelLines[0], StringComparison.Ordinal);
        Assert.Contains("fork rejected", snapshot.KernelLines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_the_process_limit_it_asks_no_other_program_and_comes_to_its_end()
    {
        var text = File.ReadAllText(Standin.Script);
        Assert.Contains(Limit, text, StringComparison.Ordinal);
        foreach (var name in (string[])["sleep", "ls", "head", "tr", "who", "dmesg", "sh", "timeout"])
        {
            Program(name, "", $"echo {name} >> '{_programs.FullName}/asked'; exit 1");
        }

        var snapshot = await RunAsync(text.Replace(Limit, "choked = 1", StringComparison.Ordinal), $"{_programs.FullName}:{Environment.GetEnvironmentVariable("PATH")}");

        Assert.True(snapshot.Complete);
        Assert.False(File.Exists(Path.Combine(_programs.FullName, "asked")));
        Assert.NotEmpty(snapshot.TopProcesses);
        Assert.All(snapshot.TopProcesses, process => Assert.True(process.Comm.Length > 0 && process.AgeSeconds > 0 && process.Exe.Length == 0));
        Assert.True(snapshot.ForksPerSecond >= 0 && snapshot.UserPercent >= 0 && snapshot.Processes > 0);
        Assert.Empty(snapshot.Sessions);
    }

    [Fact]
    public async Task Without_the_programs_that_it_asks_it_still_comes_to_its_end()
    {
        foreach (var name in (string[])["sleep", "ls", "head", "tr", "who", "dmesg", "nvidia-smi"])
        {
            Program(name, "", "exit 127");
        }

        var snapshot = await RunAsync(File.ReadAllText(Standin.Script), $"{_programs.FullName}:{Environment.GetEnvironmentVariable("PATH")}");

        Assert.True(snapshot.Complete);
        Assert.NotEmpty(snapshot.TopProcesses);
    }

    public void Dispose() => _programs.Delete(recursive: true);

    private void Program(string name, string says, string? does = null)
    {
        var file = Path.Combine(_programs.FullName, name);
        File.WriteAllText(file, $"#!/bin/bash\n{does ?? $"cat <<'END'\n{says}\nEND"}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
    }

    private async Task<GuestSnapshot> RunAsync(string script, string path)
    {
        var file = Path.Combine(_programs.FullName, "script");
        await File.WriteAllTextAsync(file, script);
        var start = new ProcessStartInfo("/bin/sh", [file]) { RedirectStandardOutput = true };
        start.Environment["PATH"] = path;
        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return GuestSnapshotParser.Parse(text, DateTimeOffset.UnixEpoch);
    }
}
