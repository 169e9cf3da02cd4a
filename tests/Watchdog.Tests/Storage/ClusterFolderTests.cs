using Watchdog.Storage.Cluster;

namespace Watchdog.Tests.Storage;

public sealed class ClusterFolderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("watchdog-folder-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("/configured", "/of/environment", "/xdg", "/home/me", false, "/configured")]
    [InlineData("", "/of/environment", "/xdg", "/home/me", true, "/of/environment")]
    [InlineData(null, null, "/xdg", "/root", true, "/var/lib/watchdog")]
    [InlineData(null, null, "/xdg", "/home/me", false, "/xdg/watchdog")]
    [InlineData(null, "", "", "/home/me", false, "/home/me/.local/share/watchdog")]
    public void The_data_folder_is_the_nearest_that_somebody_named(
        string? configured, string? watchdogData, string? xdg, string? home, bool root, string expected)
    {
        Assert.Equal(expected, ClusterFolder.Default(configured, Environment, root));

        string? Environment(string name) => name switch { "WATCHDOG_DATA" => watchdogData, "XDG_DATA_HOME" => xdg, "HOME" => home, _ => null };
    }

    [Fact]
    public void A_user_without_a_home_is_told_what_to_set()
    {
        var refused = Assert.Throws<ClusterException>(() => ClusterFolder.Default(null, _ => null, isRoot: false));

        Assert.Contains("WATCHDOG_DATA", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_newest_servers_programs_are_found_and_an_old_clusters_own_are_kept()
    {
        Install("9");
        Install("15");
        Install("16", complete: false);

        Assert.Equal(Path.Combine(folder, "15", "bin"), ServerPrograms.Find(folder, null).Folder);
        Assert.Equal(Path.Combine(folder, "9", "bin"), ServerPrograms.FindMajor(folder, null, "9").Folder);
    }

    [Fact]
    public void Programs_on_the_path_serve_where_there_are_no_others()
    {
        Install("here");

        Assert.Equal(Path.Combine(folder, "here", "bin"), ServerPrograms.Find("/nonexistent", $"/usr/none:{folder}/here/bin").Folder);
    }

    [Fact]
    public void Absent_programs_are_named_with_the_script_that_brings_them()
    {
        var refused = Assert.Throws<ClusterException>(() => ServerPrograms.Find("/nonexistent", "/usr/none"));

        Assert.Contains("scripts/bootstrap", refused.Message, StringComparison.Ordinal);
    }

    private void Install(string version, bool complete = true)
    {
        var bin = Directory.CreateDirectory(Path.Combine(folder, version, "bin")).FullName;
        foreach (var program in complete ? ["initdb", "pg_ctl", "postgres"] : new[] { "pg_ctl" })
        {
            File.WriteAllText(Path.Combine(bin, program), "");
        }
    }
}
