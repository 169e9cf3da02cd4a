using System.Text.Json;

namespace Watchdog.Tests.Dashboards;

/// <summary>The folder <c>dashboards</c> of the checkout under test.</summary>
internal static class DashboardFolder
{
    /// <summary>The checkout.</summary>
    public static string Root { get; } = Find();

    public static string Boards => Path.Combine(Root, "dashboards", "grafana", "dashboards", "Watchdog");

    public static string Provisioning => Path.Combine(Root, "dashboards", "grafana", "provisioning");

    public static string Prometheus => Path.Combine(Root, "dashboards", "prometheus");

    public static string Runbooks => Path.Combine(Root, "docs", "runbooks");

    /// <summary>The values of the constant variables, by name.</summary>
    public static IReadOnlyDictionary<string, string> Constants { get; } = Read().Values
        .SelectMany(board => board.GetProperty("templating").GetProperty("list").EnumerateArray()).Where(variable => variable.Text("type") == "constant")
        .DistinctBy(variable => variable.Text("name")).ToDictionary(variable => variable.Text("name"), variable => variable.Text("query"));

    /// <summary>Every board as Grafana reads it, by its file's name.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Read() => Directory.EnumerateFiles(Boards, "*.json").Order(StringComparer.Ordinal)
        .ToDictionary(path => Path.GetFileName(path), path => JsonDocument.Parse(File.ReadAllText(path)).RootElement);

    /// <summary>Every panel of every board but the headings, with its board's file.</summary>
    public static IEnumerable<(string Board, JsonElement Panel)> Panels() =>
        Read().SelectMany(board => board.Value.GetProperty("panels").EnumerateArray()
            .Where(panel => panel.Text("type") != "row").Select(panel => (board.Key, panel)));

    /// <summary>Every query of every panel and annotation, with a name for messages.</summary>
    public static IEnumerable<(string Where, JsonElement Target)> Targets() =>
        Panels().SelectMany(of => of.Panel.GetProperty("targets").EnumerateArray().Select(target => ($"{of.Board}: {of.Panel.Text("title")}", target)))
            .Concat(Read().SelectMany(board => board.Value.GetProperty("annotations").GetProperty("list").EnumerateArray()
                .Where(note => note.TryGetProperty("target", out _)).Select(note => ($"{board.Key}: annotation {note.Text("name")}", note.GetProperty("target")))));

    /// <summary>Every PromQL expression of the boards, variables and all.</summary>
    public static IEnumerable<(string Where, string Expression)> PromQl() =>
        Targets().Where(of => of.Target.TryGetProperty("expr", out _)).Select(of => (of.Where, of.Target.Text("expr")));

    /// <summary>Every statement of the boards, macros and all.</summary>
    public static IEnumerable<(string Where, string Sql)> Sql() =>
        Targets().Where(of => of.Target.TryGetProperty("rawSql", out _)).Select(of => (of.Where, of.Target.Text("rawSql")));

    /// <summary>A property that is a text; empty when it is not there.</summary>
    public static string Text(this JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Watchdog.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Watchdog.sln was not found above the test's folder.");
    }
}
