using System.ComponentModel;
using System.Diagnostics;

namespace Watchdog.FleetSim.Tests.Server;

/// <summary>Runs a program of the machine against the Region, with dummy credentials and no proxy.</summary>
internal static class Programs
{
    /// <summary>Exit code and all text; null when there is no such program.</summary>
    public static async Task<(int ExitCode, string Text)?> Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("AWS_", StringComparison.Ordinal) || k.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment["NO_PROXY"] = "127.0.0.1";
        start.Environment["AWS_ACCESS_KEY_ID"] = "AKIDTEST";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "secret";
        start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        try
        {
            using var process = Process.Start(start)!;
            var text = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, await text + await errors);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
