using System.Text.Json;
using System.Text.RegularExpressions;

namespace Watchdog.Tests.Dashboards;

/// <summary>The rules of Grafana's dashboard-linter, and some of our own.</summary>
public sealed partial class BoardLintTests
{
    // Of Grafana's catalogue (@grafana/data, valueFormats/categories): those that are in use here.
    private static readonly string[] Units =
        ["none", "string", "short", "percentunit", "s", "m", "bytes", "cps", "reqps", "h", "currencyUSD", "dateTimeAsIso", "dateTimeFromNow"];

    public static TheoryData<string> Boards => [.. DashboardFolder.Read().Keys];

    [Fact]
    public void There_are_the_five_boards_that_the_readme_names() =>
        Assert.Equal(["abuse.json", "fleet.json", "idle.json", "slo.json", "worker.json"], DashboardFolder.Read().Keys);

    [Theory]
    [MemberData(nameof(Boards))]
    public void A_board_has_a_stable_uid_a_title_and_is_changed_in_the_repository_only(string file)
    {
        var board = DashboardFolder.Read()[file];
        Assert.Equal($"watchdog-{Path.GetFileNameWithoutExtension(file)}", board.Text("uid"));
        Assert.StartsWith("Watchdog / ", board.Text("title"), StringComparison.Ordinal);
        Assert.NotEmpty(board.Text("description"));
        Assert.False(board.GetProperty("editable").GetBoolean());
        Assert.Equal(42, board.GetProperty("schemaVersion").GetInt32());
        Assert.Equal("utc", board.Text("timezone"));
        Assert.Contains("watchdog", board.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.False(board.TryGetProperty("id", out _), "an id belongs to one Grafana");
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void Its_data_sources_are_variables(string file)
    {
        var sources = Variables(file).Where(variable => variable.Text("type") == "datasource").ToList();
        var metrics = Assert.Single(sources, source => source.Text("query") == "prometheus");
        Assert.Equal(("datasource", "Data Source"), (metrics.Text("name"), metrics.Text("label")));
        Assert.Equal("postgres", Assert.Single(sources, source => source.Text("query") == "grafana-postgresql-datasource").Text("name"));
        Assert.Equal(2, sources.Count);
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void Job_instance_and_the_other_variables_take_many_values_and_follow_the_time_range(string file)
    {
        var variables = Variables(file).Where(variable => variable.Text("type") == "query").ToList();
        Assert.All(["job", "instance", "region"], name => Assert.Contains(variables, variable => variable.Text("name") == name));
        Assert.All(variables, variable =>
        {
            Assert.Equal("${datasource}", variable.GetProperty("datasource").Text("uid"));
            Assert.True(variable.GetProperty("multi").GetBoolean() && variable.GetProperty("includeAll").GetBoolean());
            Assert.Equal(".+", variable.Text("allValue"));
            Assert.Equal(2, variable.GetProperty("refresh").GetInt32());
            Assert.NotEmpty(variable.Text("label"));
        });
        Assert.Equal("constant", Assert.Single(Variables(file), variable => variable.Text("name") == "watchdog_url").Text("type"));
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void It_leads_to_the_others_with_the_time_and_the_variables_kept(string file)
    {
        var links = DashboardFolder.Read()[file].GetProperty("links").EnumerateArray().ToList();
        var others = Assert.Single(links, link => link.Text("type") == "dashboards");
        Assert.True(others.GetProperty("keepTime").GetBoolean() && others.GetProperty("includeVars").GetBoolean());
        Assert.Equal(["watchdog"], others.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()!));
        Assert.Contains(links, link => link.Text("url").StartsWith("${watchdog_url}/cases", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void It_tells_of_the_brake_of_many_acts_and_of_changed_rules(string file)
    {
        var notes = DashboardFolder.Read()[file].GetProperty("annotations").GetProperty("list").EnumerateArray()
            .Where(note => note.GetProperty("datasource").Text("uid") == "${postgres}").Select(note => note.Text("name"));
        Assert.Equal(["Brake", "Many acts", "Rules"], notes);
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void Every_panel_has_a_title_a_description_a_unit_and_a_query_of_its_own_data_source(string file)
    {
        var panels = Panels(file);
        Assert.NotEmpty(panels);
        Assert.Equal(panels.Count, panels.Select(panel => panel.Text("title")).Distinct().Count());
        Assert.All(panels, panel =>
        {
            Assert.NotEmpty(panel.Text("title"));
            Assert.EndsWith(".", panel.Text("description"), StringComparison.Ordinal);
            var defaults = panel.GetProperty("fieldConfig").GetProperty("defaults");
            Assert.Contains(defaults.Text("unit"), Units);
            Assert.Equal("no data", defaults.Text("noValue"));
            Assert.All(
                panel.GetProperty("fieldConfig").GetProperty("overrides").EnumerateArray().SelectMany(one => one.GetProperty("properties").EnumerateArray())
                    .Where(property => property.Text("id") == "unit"), property => Assert.Contains(property.Text("value"), Units));
            var targets = panel.GetProperty("targets").EnumerateArray().ToList();
            Assert.NotEmpty(targets);
            Assert.Equal(targets.Count, targets.Select(target => target.Text("refId")).Distinct().Count());
            Assert.All(targets.Append(panel), of => Assert.Contains(of.GetProperty("datasource").Text("uid"), (string[])["${datasource}", "${postgres}"]));
            Assert.All(targets, target => Assert.Equal(panel.GetProperty("datasource").Text("uid"), target.GetProperty("datasource").Text("uid")));
            Assert.All(targets, target => Assert.NotEmpty(target.Text("expr") + target.Text("rawSql")));
        });
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void No_two_panels_share_an_id_or_a_place(string file)
    {
        var panels = DashboardFolder.Read()[file].GetProperty("panels").EnumerateArray().ToList();
        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        var cells = panels.Select(panel => panel.GetProperty("gridPos")).SelectMany(at => Cells(at)).ToList();
        Assert.Equal(cells.Count, cells.Distinct().Count());
        Assert.All(cells, cell => Assert.InRange(cell.X, 0, 23));
    }

    [Fact]
    public void Every_expression_is_of_the_chosen_workers_and_none_is_of_a_single_vm()
    {
        Assert.All(DashboardFolder.PromQl(), of => Assert.True(of.Expression.Contains("job=~\"$job\"", StringComparison.Ordinal), of.Where));
        Assert.All(DashboardFolder.PromQl(), of => Assert.DoesNotMatch(PerVm(), of.Expression));
    }

    [Fact]
    public void What_only_grows_is_shown_as_a_rate_over_the_interval_that_grafana_works_out()
    {
        Assert.Contains(DashboardFolder.PromQl(), of => Growing().IsMatch(of.Expression));
        Assert.All(DashboardFolder.PromQl(), of => Assert.All(Growing().Matches(of.Expression).Select(match => match.Value),
            use => Assert.True(use.StartsWith("rate(", StringComparison.Ordinal) || use.StartsWith("increase(", StringComparison.Ordinal), $"{of.Where}: {use}")));
        Assert.All(DashboardFolder.PromQl(), of => Assert.All(Range().Matches(of.Expression).Select(match => match.Groups["span"].Value),
            span => Assert.Equal("$__rate_interval", span)));
    }

    [Fact]
    public void A_number_of_a_case_leads_to_its_page()
    {
        var tables = DashboardFolder.Panels().Where(of => of.Panel.GetProperty("targets").EnumerateArray().Any(target => CaseColumn().IsMatch(target.Text("rawSql")))).ToList();
        Assert.True(tables.Count >= 4);
        Assert.All(tables, of => Assert.Contains("${watchdog_url}/cases/${__value.raw}", of.Panel.GetProperty("fieldConfig").GetProperty("overrides").GetRawText(), StringComparison.Ordinal));
    }

    private static List<JsonElement> Variables(string file) => [.. DashboardFolder.Read()[file].GetProperty("templating").GetProperty("list").EnumerateArray()];

    private static List<JsonElement> Panels(string file) => [.. DashboardFolder.Panels().Where(of => of.Board == file).Select(of => of.Panel)];

    private static IEnumerable<(int X, int Y)> Cells(JsonElement at) =>
        from x in Enumerable.Range(at.GetProperty("x").GetInt32(), at.GetProperty("w").GetInt32())
        from y in Enumerable.Range(at.GetProperty("y").GetInt32(), at.GetProperty("h").GetInt32())
        select (x, y);

    [GeneratedRegex(@"\b(instance_id|vm_id|host_id|case_id|owner)\b")]
    private static partial Regex PerVm();

    // With what stands around it: a bare use begins with the metric's name itself.
    [GeneratedRegex(@"(\w+\()?\b\w+_(total|count|bucket|sum)\{[^}]*\}")]
    private static partial Regex Growing();

    [GeneratedRegex(@"\[(?<span>[^\]]+)\]")]
    private static partial Regex Range();

    [GeneratedRegex(@"\bas case_id\b")]
    private static partial Regex CaseColumn();
}
