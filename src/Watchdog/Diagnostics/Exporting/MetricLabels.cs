using System.Globalization;
using System.Text;

namespace Watchdog.Diagnostics.Exporting;

/// <summary>Tags as Prometheus's labels: sorted by name, values escaped and bounded.</summary>
internal static class MetricLabels
{
    private const int Longest = 200;
    private const string Pool = "db.client.connection.pool.name";

    // Peers behind a name come and go without end, and a port tells nothing beside the name.
    private static readonly HashSet<string> Dropped = ["network.peer.address", "network.peer.port", "server.port"];

    /// <summary>What stands between the braces, e.g. <c>outcome="done",sweep="inventory"</c>; empty without tags.</summary>
    public static string Of(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length == 0)
        {
            return "";
        }

        var names = new string[tags.Length];
        var order = new int[tags.Length];
        for (var i = 0; i < tags.Length; i++)
        {
            names[i] = MetricNames.Clean(tags[i].Key);
            order[i] = i;
        }

        Array.Sort(names, order, StringComparer.Ordinal);
        var text = new StringBuilder(64);
        for (var i = 0; i < order.Length; i++)
        {
            // Two tags may become one name: the first stands.
            if ((i > 0 && names[i] == names[i - 1]) || Dropped.Contains(tags[order[i]].Key))
            {
                continue;
            }

            text.Append(text.Length == 0 ? "" : ",").Append(names[i]).Append("=\"");
            Escape(text, TextOf(tags[order[i]]));
            text.Append('"');
        }

        return text.ToString();
    }

    private static string TextOf(KeyValuePair<string, object?> tag) => tag.Value switch
    {
        // A connection without a named source calls itself by its connection string.
        string pool when tag.Key == Pool && pool.Contains('=', StringComparison.Ordinal) => "unnamed",
        null => "",
        string text => text,
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => tag.Value.ToString() ?? "",
    };

    private static void Escape(StringBuilder into, string value)
    {
        foreach (var letter in value.AsSpan(0, Math.Min(value.Length, Longest)))
        {
            _ = letter switch
            {
                '\\' => into.Append(@"\\"),
                '"' => into.Append("\\\""),
                '\n' => into.Append(@"\n"),
                _ when char.IsControl(letter) || char.IsSurrogate(letter) => into.Append('?'),
                _ => into.Append(letter),
            };
        }
    }
}
