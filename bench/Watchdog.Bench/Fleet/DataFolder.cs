using Microsoft.Extensions.Logging.Abstractions;
using Watchdog.Storage.Cluster;

namespace Watchdog.Bench.Fleet;

/// <summary>A worker's data folder for one run. At its end the Postgres in it is stopped, also when its worker was killed and left it running; then the folder goes.</summary>
internal sealed class DataFolder : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("watchdog-bench-");

    public string Path => _folder.FullName;

    public async ValueTask DisposeAsync()
    {
        var folder = ClusterFolder.Open(Path);
        // Without a deadline: a run that was cancelled leaves no server behind either.
        using (await FolderLock.TakeAsync(folder.Lock, TimeProvider.System, CancellationToken.None))
        {
            await (await ClusterServer.FindAsync(folder, NullLogger.Instance, CancellationToken.None)).StopAsync(CancellationToken.None);
        }

        _folder.Delete(recursive: true);
    }
}
