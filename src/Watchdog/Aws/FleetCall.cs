using Watchdog.Inventory;

namespace Watchdog.Aws;

/// <summary>A call of a listing: what AWS refuses or garbles becomes the exception that Inventory knows.</summary>
internal static class FleetCall
{
    /// <summary>Calls.</summary>
    /// <exception cref="FleetSourceException">AWS did not answer with what was asked for.</exception>
    public static async Task<T> AskAsync<T>(Func<Task<T>> call, CancellationToken ct)
    {
        try
        {
            return await call();
        }
        catch (Exception fault) when (AwsFault.IsAws(fault) && !ct.IsCancellationRequested)
        {
            var sorted = AwsFault.Of(fault);
            throw new FleetSourceException(sorted.Code, sorted.Message, fault);
        }
    }
}
