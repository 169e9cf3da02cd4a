using System.Text.Json.Nodes;

namespace Watchdog.Dashboards;

/// <summary>A panel in Grafana's JSON.</summary>
internal static class PanelJson
{
    public static JsonObject Of(Panel panel, int id, JsonObject place) => new()
    {
        ["id"] = id,
        ["type"] = panel.Kind switch { PanelKind.Number => "stat", PanelKind.Table => "table", _ => "timeseries" },
        ["title"] = panel.Title,
        ["description"] = panel.Description,
        ["datasource"] = panel.FromSql ? BoardJson.Database() : BoardJson.Metrics(),
        ["gridPos"] = place,
        ["targets"] = new JsonArray([.. panel.Queries.Select(JsonNode (query, at) => Target(panel, query, at))]),
        ["fieldConfig"] = new JsonObject { ["defaults"] = Defaults(panel), ["overrides"] = Overrides(panel) },
        ["options"] = Options(panel.Kind),
    };

    public static JsonObject Place(int x, int y, int width, int height) => new() { ["x"] = x, ["y"] = y, ["w"] = width, ["h"] = height };

    private static JsonObject Target(Panel panel, Query query, int at)
    {
        var refId = ((char)('A' + at)).ToString();
        if (query.Sql)
        {
            return new()
            {
                ["refId"] = refId, ["datasource"] = BoardJson.Database(), ["editorMode"] = "code", ["rawQuery"] = true, ["rawSql"] = query.Text,
                ["format"] = panel.Kind is PanelKind.Lines or PanelKind.Stack ? "time_series" : "table",
            };
        }

        var instant = panel.Kind is PanelKind.Number or PanelKind.Table;
        return new()
        {
            ["refId"] = refId, ["datasource"] = BoardJson.Metrics(), ["editorMode"] = "code", ["expr"] = query.Text, ["legendFormat"] = query.Legend,
            ["instant"] = instant, ["range"] = !instant,
        };
    }

    // Absent is not zero: a gap stays a gap, and a number that is not known says so.
    private static JsonObject Defaults(Panel panel)
    {
        var defaults = new JsonObject { ["unit"] = panel.Unit, ["noValue"] = "no data", ["color"] = Colour(panel), ["thresholds"] = Thresholds(panel) };
        if (panel.Kind is PanelKind.Lines or PanelKind.Stack)
        {
            defaults["custom"] = Curve(panel);
        }

        if (panel.Max is { } max)
        {
            (defaults["min"], defaults["max"]) = (0, max);
        }

        if (panel.Words.Count > 0)
        {
            var words = new JsonObject();
            foreach (var (value, word) in panel.Words)
            {
                words[value] = new JsonObject { ["text"] = word };
            }

            defaults["mappings"] = new JsonArray(new JsonObject { ["type"] = "value", ["options"] = words });
        }

        return defaults;
    }

    private static JsonObject Colour(Panel panel) =>
        new() { ["mode"] = panel.Kind is PanelKind.Number or PanelKind.Table ? "thresholds" : "palette-classic" };

    private static JsonObject Curve(Panel panel) => new()
    {
        ["drawStyle"] = "line", ["lineWidth"] = 1, ["fillOpacity"] = panel.Kind == PanelKind.Stack ? 40 : 8, ["showPoints"] = "never", ["spanNulls"] = false,
        ["stacking"] = new JsonObject { ["mode"] = panel.Kind == PanelKind.Stack ? "normal" : "none", ["group"] = "A" },
        ["thresholdsStyle"] = new JsonObject { ["mode"] = panel.Thresholds is null ? "off" : "dashed" },
    };

    private static JsonObject Thresholds(Panel panel)
    {
        var steps = panel.Thresholds switch
        {
            null => [Step(null, "text")],
            var (warning, critical) when critical >= warning => [Step(null, "green"), Step(warning, "yellow"), Step(critical, "red")],
            var (warning, critical) => new JsonArray(Step(null, "red"), Step(critical, "yellow"), Step(warning, "green")),
        };
        return new() { ["mode"] = "absolute", ["steps"] = steps };
    }

    private static JsonObject Step(double? from, string colour) => new() { ["value"] = from, ["color"] = colour };

    private static JsonArray Overrides(Panel panel)
    {
        var overrides = new JsonArray();
        foreach (var (column, unit) in panel.Units)
        {
            overrides.Add(Override(column, new JsonObject { ["id"] = "unit", ["value"] = unit }));
        }

        // Every table with a case leads to its page.
        if (panel.Kind == PanelKind.Table && panel.Queries[0].Text.Contains("as case_id", StringComparison.Ordinal))
        {
            overrides.Add(Override("case_id", new JsonObject
            {
                ["id"] = "links",
                ["value"] = new JsonArray(new JsonObject { ["title"] = "Open the case", ["url"] = "${watchdog_url}/cases/${__value.raw}", ["targetBlank"] = true }),
            }));
        }

        return overrides;
    }

    private static JsonObject Override(string field, JsonObject property) => new()
    {
        ["matcher"] = new JsonObject { ["id"] = "byName", ["options"] = field }, ["properties"] = new JsonArray(property),
    };

    private static JsonObject Options(PanelKind kind) => kind switch
    {
        PanelKind.Number => new()
        {
            ["reduceOptions"] = new JsonObject { ["calcs"] = new JsonArray("lastNotNull"), ["fields"] = "", ["values"] = false },
            ["colorMode"] = "value", ["graphMode"] = "none", ["justifyMode"] = "auto", ["orientation"] = "auto", ["textMode"] = "auto", ["wideLayout"] = true,
            ["showPercentChange"] = false, ["percentChangeColorMode"] = "standard",
        },
        PanelKind.Table => new() { ["showHeader"] = true, ["cellHeight"] = "sm", ["frameIndex"] = 0 },
        _ => new()
        {
            ["legend"] = new JsonObject { ["showLegend"] = true, ["displayMode"] = "list", ["placement"] = "bottom", ["calcs"] = new JsonArray() },
            ["tooltip"] = new JsonObject { ["mode"] = "multi", ["sort"] = "desc" },
        },
    };
}
