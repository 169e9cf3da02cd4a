using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Watchdog.Dashboards;

/// <summary>A board in Grafana's own JSON, schema version 42 (Grafana 12 and 13; older ones ignore what they do not know).</summary>
internal static class BoardJson
{
    public const string DatabaseType = "grafana-postgresql-datasource";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(Board board) => Of(board).ToJsonString(Readable).ReplaceLineEndings("\n") + "\n";

    public static JsonObject Metrics() => new() { ["type"] = "prometheus", ["uid"] = "${datasource}" };

    public static JsonObject Database() => new() { ["type"] = DatabaseType, ["uid"] = "${postgres}" };

    private static JsonObject Of(Board board) => new()
    {
        ["uid"] = board.Uid,
        ["title"] = board.Title,
        ["description"] = board.Description,
        ["tags"] = new JsonArray("watchdog"),
        ["schemaVersion"] = 42,
        ["editable"] = false,
        ["graphTooltip"] = 1,
        ["timezone"] = "utc",
        ["refresh"] = "30s",
        ["time"] = new JsonObject { ["from"] = board.From, ["to"] = "now" },
        ["timepicker"] = new JsonObject(),
        ["links"] = new JsonArray(Links()),
        ["annotations"] = new JsonObject { ["list"] = Annotations.Of() },
        ["templating"] = new JsonObject { ["list"] = Variables(board) },
        ["panels"] = Layout(board),
    };

    // The others, with this one's time range and variables; and the pages of Watchdog itself.
    private static JsonNode?[] Links() =>
    [
        new JsonObject
        {
            ["title"] = "Watchdog", ["type"] = "dashboards", ["tags"] = new JsonArray("watchdog"), ["asDropdown"] = false, ["keepTime"] = true,
            ["includeVars"] = true, ["targetBlank"] = false, ["icon"] = "external link", ["tooltip"] = "", ["url"] = "",
        },
        new JsonObject
        {
            ["title"] = "Cases", ["type"] = "link", ["tags"] = new JsonArray(), ["asDropdown"] = false, ["keepTime"] = false,
            ["includeVars"] = false, ["targetBlank"] = true, ["icon"] = "external link", ["tooltip"] = "The cases to be reviewed", ["url"] = "${watchdog_url}/cases",
        },
    ];

    private static JsonArray Variables(Board board) =>
    [
        VariableJson.Source("datasource", "Data Source", "prometheus"),
        VariableJson.Source("postgres", "Database", DatabaseType),
        .. CommonVariables.List.Concat(board.Variables).Select(JsonNode (of) => VariableJson.Of(of)),
    ];

    private static JsonArray Layout(Board board)
    {
        var panels = new JsonArray();
        var (id, y) = (0, 0);
        foreach (var row in board.Rows)
        {
            panels.Add(new JsonObject
            {
                ["id"] = ++id, ["type"] = "row", ["title"] = row.Title, ["collapsed"] = false, ["panels"] = new JsonArray(), ["gridPos"] = PanelJson.Place(0, y++, 24, 1),
            });
            var (x, tallest) = (0, 0);
            foreach (var panel in row.Panels)
            {
                if (x + panel.Width > 24)
                {
                    (x, y, tallest) = (0, y + tallest, 0);
                }

                panels.Add(PanelJson.Of(panel, ++id, PanelJson.Place(x, y, panel.Width, panel.Height)));
                (x, tallest) = (x + panel.Width, Math.Max(tallest, panel.Height));
            }

            y += tallest;
        }

        return panels;
    }
}
