using System.Text.Json.Nodes;

namespace Watchdog.Dashboards;

/// <summary>Variables in Grafana's JSON.</summary>
internal static class VariableJson
{
    private const int OnTimeRangeChanged = 2;
    private const int Hidden = 2;

    /// <summary>A choice of data source.</summary>
    public static JsonObject Source(string name, string label, string type) => new()
    {
        ["name"] = name, ["label"] = label, ["type"] = "datasource", ["query"] = type, ["regex"] = "", ["hide"] = 0, ["refresh"] = 1, ["multi"] = false,
        ["includeAll"] = false, ["skipUrlSync"] = false, ["options"] = new JsonArray(),
    };

    public static JsonObject Of(Variable of) => of.Query is { } query ? Values(of, query) : Constant(of);

    private static JsonObject Values(Variable of, string query) => new()
    {
        ["name"] = of.Name, ["label"] = of.Label, ["description"] = of.Description, ["type"] = "query", ["datasource"] = BoardJson.Metrics(),
        ["query"] = new JsonObject { ["query"] = query, ["refId"] = of.Name }, ["regex"] = "", ["sort"] = 1,
        ["refresh"] = OnTimeRangeChanged, ["multi"] = true, ["includeAll"] = true, ["allValue"] = ".+", ["hide"] = 0, ["skipUrlSync"] = false,
        ["options"] = new JsonArray(), ["current"] = Chosen("All", "$__all", many: true),
    };

    private static JsonObject Constant(Variable of) => new()
    {
        ["name"] = of.Name, ["label"] = of.Label, ["description"] = of.Description, ["type"] = "constant", ["query"] = of.Value, ["hide"] = Hidden,
        ["skipUrlSync"] = true, ["current"] = Chosen(of.Value, of.Value, many: false),
    };

    private static JsonObject Chosen(string text, string value, bool many) => new()
    {
        ["selected"] = true,
        ["text"] = many ? new JsonArray(text) : JsonValue.Create(text),
        ["value"] = many ? new JsonArray(value) : JsonValue.Create(value),
    };
}
