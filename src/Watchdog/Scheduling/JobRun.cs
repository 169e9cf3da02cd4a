using System.Globalization;
using Quartz;
using Watchdog.Diagnostics;
using Watchdog.Storage;
using Watchdog.Storage.Nodes;

namespace Watchdog.Scheduling;

/// <summary>The edge of every job: its number is its key's name, and no failure leaves it, since the next firing is the retry.</summary>
internal sealed class JobRun(Clocks clocks, JobCount jobs, ILogger<JobRun> log)
{
    public async ValueTask RunAsync(JobKey key, Func<int, Task> body, CancellationToken ct)
    {
        using var counted = jobs.Enter();
        var start = clocks.Wall.GetTimestamp();
        var outcome = await TryAsync(key, body, ct);
        Meters.JobRan(key.Group, outcome, clocks.Wall.GetElapsedTime(start));
    }

    private async Task<string> TryAsync(JobKey key, Func<int, Task> body, CancellationToken ct)
    {
        try
        {
            await body(int.Parse(key.Name, CultureInfo.InvariantCulture));
            return "done";
        }
        catch (FencedException fenced)
        {
            Log.Fenced(log, key.Group, key.Name, fenced.Message);
            return "fenced";
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            Log.Cancelled(log, key.Group, key.Name);
            return "cancelled";
        }
        catch (Exception e) when (TransientErrors.IsTransient(e))
        {
            Log.DatabaseAway(log, key.Group, key.Name, e.Message);
            return "database_away";
        }
        catch (Exception e)
        {
            Log.JobFailed(log, e, key.Group, key.Name);
            return "failed";
        }
    }
}
