using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Inventory;
using Watchdog.Storage;
using Watchdog.Storage.Cluster;
using Watchdog.Sweeps.Recorded;

namespace Watchdog.Cli;

/// <summary>The edge of a command: what went wrong becomes one sentence and an exit code; a stack trace is for defects only.</summary>
internal static class CommandEdge
{
    /// <summary>Runs a command's body.</summary>
    /// <param name="body">The command; returns an exit code.</param>
    /// <param name="ct">Ctrl-C or SIGTERM.</param>
    /// <param name="errors">Where failures are told; null: standard error.</param>
    public static async Task<int> RunAsync(Func<Task<int>> body, CancellationToken ct, TextWriter? errors = null)
    {
        errors ??= Console.Error;
        try
        {
            return await body();
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
        catch (OptionsValidationException e)
        {
            await errors.WriteLineAsync("The configuration is wrong; nothing was done:");
            foreach (var failure in e.Failures)
            {
                await errors.WriteLineAsync($"  {failure}");
            }

            return ExitCodes.Usage;
        }
        catch (InvalidDataException e)
        {
            // A broken file: the reader's own words say where.
            await errors.WriteLineAsync(e.InnerException is null ? e.Message : $"{e.Message} {e.GetBaseException().Message}");
            return ExitCodes.Usage;
        }
        catch (Exception e) when (e is UsageException or NoRegionException or FormatException || SettingsCheck.IsUnreadable(e))
        {
            await errors.WriteLineAsync(e.Message);
            return ExitCodes.Usage;
        }
        catch (FencedException e)
        {
            await errors.WriteLineAsync($"A running worker took its shards back in the middle of this pass, which is therefore not whole: {e.Message} "
                + "Nothing is lost. The worker does the same passes by itself; for one of your own, stop it first.");
            return ExitCodes.NotHealthy;
        }
        catch (Exception e) when (e is NpgsqlException or ClusterException or SchemaException or RecordedFleetException or IOException or UnauthorizedAccessException or SocketException or UnavailableException)
        {
            await errors.WriteLineAsync(e.Message);
            return ExitCodes.Unavailable;
        }
    }
}

/// <summary>The words of a command do not make sense together; the message says what to write instead.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>Something that the command needs cannot be reached; the message says what and how to mend it.</summary>
internal sealed class UnavailableException(string message, Exception? inner = null) : Exception(message, inner);
