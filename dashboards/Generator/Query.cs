namespace Watchdog.Dashboards;

/// <summary>What a panel asks for: PromQL of the data source <c>$datasource</c>, or SQL of <c>$postgres</c>.</summary>
/// <param name="Text">The query, with Grafana's variables and macros.</param>
/// <param name="Legend">PromQL: the name of each series, e.g. <c>{{region}}</c>.</param>
/// <param name="Sql">Whether it is SQL.</param>
internal sealed record Query(string Text, string Legend, bool Sql)
{
    public static Query Prom(string text, string legend = "") => new(text, legend, false);

    public static Query Of(string sql) => new(sql, "", true);
}
