namespace Watchdog.Storage.Cluster;

/// <summary>One process at a time starts or stops the server of a folder; the kernel lets go when the process dies.</summary>
internal static class FolderLock
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<IDisposable> TakeAsync(string path, TimeProvider wall, CancellationToken ct)
    {
        var since = wall.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (UnauthorizedAccessException e)
            {
                throw new ClusterException($"{e.Message} Run Watchdog as the user that made the data folder");
            }
            catch (IOException e) when (wall.GetElapsedTime(since) >= Patience)
            {
                throw new ClusterException($"another process has held {path} for {Patience.TotalMinutes} minutes: {e.Message}");
            }
            catch (IOException)
            {
                await Task.Delay(Between, wall, ct);
            }
        }
    }
}
