using System.Globalization;
using Watchdog.FleetSim;

namespace Watchdog.Cli;

/// <summary>What a simulated Region was asked to change, as CSV lines that are in the file before the answer is out.</summary>
internal sealed class ChangeLog : IAsyncDisposable
{
    private readonly StreamWriter writer;
    private readonly Lock gate = new();

    public ChangeLog(FileInfo file, Faults faults, TimeProvider clock)
    {
        writer = new StreamWriter(file.Open(FileMode.Create, FileAccess.Write, FileShare.Read)) { AutoFlush = true };
        writer.WriteLine("at,action,target,error");
        faults.After = seen =>
        {
            if (seen.Change > 0)
            {
                lock (gate)
                {
                    writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():O},{seen.Action},{seen.Target},{seen.Error}"));
                }
            }

            return default;
        };
    }

    public ValueTask DisposeAsync() => writer.DisposeAsync();
}
