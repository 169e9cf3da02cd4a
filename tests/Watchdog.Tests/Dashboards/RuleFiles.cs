using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Watchdog.Tests.Dashboards;

/// <summary>The Prometheus rules and their unit tests, read.</summary>
internal static class RuleFiles
{
    private static readonly IDeserializer Yaml =
        new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).IgnoreUnmatchedProperties().Build();

    public static IReadOnlyList<string> Paths { get; } = Files("watchdog.*.yaml", DashboardFolder.Prometheus);

    public static IReadOnlyList<string> TestPaths { get; } = Files("*.test.yaml", Path.Combine(DashboardFolder.Prometheus, "tests"));

    public static IReadOnlyList<Rule> Rules { get; } = [.. Paths.SelectMany(path => Read<RuleFile>(path).Groups).SelectMany(group => group.Rules)];

    public static IReadOnlyList<Rule> Alerts { get; } = [.. Rules.Where(rule => rule.Alert.Length > 0)];

    public static IReadOnlyList<RuleTest> Tests { get; } = [.. TestPaths.SelectMany(path => Read<TestFile>(path).Tests)];

    public static T Read<T>(string path) => Yaml.Deserialize<T>(File.ReadAllText(path));

    private static string[] Files(string pattern, string folder) => [.. Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal)];

    internal sealed class RuleFile
    {
        public List<RuleGroup> Groups { get; set; } = [];
    }

    internal sealed class RuleGroup
    {
        public List<Rule> Rules { get; set; } = [];
    }

    internal sealed class Rule
    {
        public string Alert { get; set; } = "";

        public string Record { get; set; } = "";

        public string Expr { get; set; } = "";

        public Dictionary<string, string> Labels { get; set; } = [];

        public Dictionary<string, string> Annotations { get; set; } = [];

        public override string ToString() => $"{Alert}{Record} {string.Join(' ', Labels.Values)}";
    }

    internal sealed class TestFile
    {
        public List<RuleTest> Tests { get; set; } = [];
    }

    internal sealed class RuleTest
    {
        public string Name { get; set; } = "";

        public List<Look> AlertRuleTest { get; set; } = [];
    }

    /// <summary>One look at an alert at an instant of a unit test.</summary>
    internal sealed class Look
    {
        public string EvalTime { get; set; } = "";

        public string Alertname { get; set; } = "";

        public List<Expected> ExpAlerts { get; set; } = [];

        /// <summary>Whether it sees the rule firing: its name alone is not enough where several rules share it.</summary>
        public bool Sees(Rule rule) => ExpAlerts.Any(alert => rule.Labels.All(label => alert.ExpLabels.GetValueOrDefault(label.Key) == label.Value));
    }

    internal sealed class Expected
    {
        public Dictionary<string, string> ExpLabels { get; set; } = [];
    }
}
