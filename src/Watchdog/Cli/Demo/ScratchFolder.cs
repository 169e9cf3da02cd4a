namespace Watchdog.Cli.Demo;

/// <summary>A data folder for one run, gone afterwards; the database's own user must be able to pass through it.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("watchdog-demo-");

    public string Path => _folder.FullName;

    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A server that is just ending may still write; the folder is the system's to clean then.
        }
    }
}
