namespace Watchdog.Tests.Dashboards;

public sealed class ProvisioningTests
{
    [Fact]
    public void Grafana_reads_the_boards_from_files_and_keeps_no_change_of_its_own()
    {
        var provider = Assert.Single(RuleFiles.Read<Providers>(Path.Combine(DashboardFolder.Provisioning, "dashboards", "watchdog.yaml")).ProvidersList);
        Assert.Equal(("file", "false", "true"), (provider["type"], provider["allowUiUpdates"], provider["disableDeletion"]));
        Assert.Equal("true", ((Dictionary<object, object>)provider["options"])["foldersFromFilesStructure"]);
    }

    [Fact]
    public void Both_kinds_of_data_source_that_the_boards_choose_from_are_there_and_none_holds_a_secret()
    {
        var sources = RuleFiles.Read<Sources>(Path.Combine(DashboardFolder.Provisioning, "datasources", "watchdog.yaml")).Datasources;
        Assert.Equal(["grafana-postgresql-datasource", "prometheus"], sources.Select(source => (string)source["type"]).Order(StringComparer.Ordinal));
        Assert.All(sources, source => Assert.Equal("false", source["editable"]));
        Assert.All(
            sources.Where(source => source.ContainsKey("secureJsonData")).SelectMany(source => ((Dictionary<object, object>)source["secureJsonData"]).Values),
            secret => Assert.StartsWith("$", (string)secret, StringComparison.Ordinal));
    }

    private sealed class Providers
    {
        [YamlDotNet.Serialization.YamlMember(Alias = "providers")]
        public List<Dictionary<string, object>> ProvidersList { get; set; } = [];
    }

    private sealed class Sources
    {
        public List<Dictionary<string, object>> Datasources { get; set; } = [];
    }
}
