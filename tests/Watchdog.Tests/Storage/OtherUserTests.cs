using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Abstractions;
using Watchdog.Storage.Cluster;

namespace Watchdog.Tests.Storage;

public sealed class OtherUserTests : IDisposable
{
    private const string Nobody = "65534";
    private static readonly string[] AsNobody = ["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "--"];
    private readonly string folder = Directory.CreateTempSubdirectory("watchdog-user-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_user_without_rights_runs_the_server_as_itself_and_root_then_runs_it_as_that_user()
    {
        const UnixFileMode all = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead
            | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(folder, all);
        var data = Path.Combine(folder, "data");
        // A bare user cannot read everybody's build folder.
        var program = Copy(AppContext.BaseDirectory, Path.Combine(folder, "program"));
        // Root's own SDK, in /root, is out of that user's reach: then root runs it.
        var nobody = Environment.IsPrivilegedProcess && (await ProgramRun.RunAsync([.. AsNobody, "test", "-x", Dotnet()], default)).ExitCode == 0;

        var run = await ProgramRun.RunAsync(
            [.. nobody ? AsNobody : [], "env", $"WATCHDOG_DATA={data}", "Storage__RelaxedDurability=true", $"HOME={folder}", Dotnet(), program, "migrate"], default);

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.False(File.Exists(Path.Combine(data, "postgres", "postmaster.pid")));
        var owner = await OwnerAsync(Path.Combine(data, "postgres"));
        Assert.Equal(nobody ? Nobody : Environment.IsPrivilegedProcess ? await IdAsync("postgres") : await OwnerAsync(folder), owner);
        await using var cluster = await PrivateCluster.OpenAsync(data, new ClusterSettings(Relaxed: true), TimeProvider.System, NullLogger.Instance, default);
        Assert.Equal(owner, await OwnerAsync(Path.Combine(data, "postgres", "postmaster.pid")));
    }

    private static string Dotnet() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    private static async Task<string> IdAsync(string user) => (await ProgramRun.RunAsync(["id", "-u", user], default)).Require("find " + user);

    private static async Task<string> OwnerAsync(string path) => (await ProgramRun.RunAsync(["stat", "-c", "%u", path], default)).Require("stat " + path);

    private static string Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from).Where(f => Path.GetExtension(f) is ".dll" or ".json"))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        return Path.Combine(to, "watchdog.dll");
    }
}
