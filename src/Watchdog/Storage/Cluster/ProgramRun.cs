using System.Diagnostics;

namespace Watchdog.Storage.Cluster;

/// <summary>One run of a system program.</summary>
/// <param name="ExitCode">Its exit code; -1 when it could not be started.</param>
/// <param name="Output">Both its outputs, trimmed.</param>
internal sealed record ProgramRun(int ExitCode, string Output)
{
    public static async Task<ProgramRun> RunAsync(string[] command, CancellationToken ct)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // The server's user may be barred from wherever we are.
            WorkingDirectory = "/",
        };
        // PGPORT, PGDATA and their kin would steer the programs elsewhere.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("PG", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C";
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var error = process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return new ProgramRun(process.ExitCode, (await output + await error).Trim());
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return new ProgramRun(-1, $"{command[0]}: {missing.Message}");
        }
    }

    /// <summary>The output, or an error that tells what could not be done and why.</summary>
    public string Require(string what) =>
        ExitCode == 0 ? Output : throw new ClusterException($"could not {what}: {Output}");
}
