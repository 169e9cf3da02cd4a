using System.Diagnostics;

namespace Watchdog.Tests.Diagnostics.Exporting;

/// <summary>Prometheus's own checker, from Debian's package <c>prometheus</c>, which <c>scripts/bootstrap</c> installs.</summary>
internal static class Promtool
{
    /// <summary>What <c>promtool check metrics</c> says about a scrape.</summary>
    public static async Task<(int ExitCode, string Said)> CheckAsync(string scrape)
    {
        using var process = Process.Start(new ProcessStartInfo("promtool", ["check", "metrics"])
        {
            RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("promtool did not start: run scripts/bootstrap.");
        await process.StandardInput.WriteAsync(scrape);
        process.StandardInput.Close();
        var said = await process.StandardError.ReadToEndAsync() + await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said);
    }
}
