using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Watchdog.Detectors.Mining;

namespace Watchdog.Detection;

/// <summary>
/// Reads the file of indicators: <c>version</c>, and <c>indicators</c> with <c>kind</c>, <c>value</c>, <c>date</c> and <c>source</c> each.
/// Every fault is named with its entry and its mend, all at once; a file with a fault gives no set.
/// </summary>
public static partial class IndicatorFile
{
    private const int LongestText = 500;
    private static readonly JsonDocumentOptions Tolerant = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private static readonly string[] Fields = ["kind", "value", "date", "source"];

    private static readonly Dictionary<string, IndicatorKind> Kinds = new(StringComparer.Ordinal)
    {
        ["name"] = IndicatorKind.Name, ["shared-name"] = IndicatorKind.SharedName, ["argument"] = IndicatorKind.Argument,
        ["algorithm"] = IndicatorKind.Algorithm, ["pool"] = IndicatorKind.Pool, ["wallet"] = IndicatorKind.Wallet, ["port"] = IndicatorKind.Port,
    };

    /// <summary>Reads a text.</summary>
    /// <returns>The set, or null; and what is wrong, empty when nothing is.</returns>
    public static (IndicatorSet? Set, IReadOnlyList<string> Faults) Parse(string text)
    {
        List<string> faults = [];
        try
        {
            using var document = JsonDocument.Parse(text, Tolerant);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("indicators", out var list) || list.ValueKind != JsonValueKind.Array)
            {
                return (null, ["it is no object with \"version\" and a list \"indicators\""]);
            }

            var version = TextOf(root, "version");
            if (!VersionShape().IsMatch(version))
            {
                faults.Add("\"version\" must be 1 to 64 letters, digits, '.', '_' or '-'; a date does well");
            }

            var entries = Entries(list, faults);
            return faults.Count == 0 ? (new IndicatorSet(version, entries), faults) : (null, faults);
        }
        catch (JsonException fault)
        {
            return (null, [$"it is no JSON: {fault.Message}"]);
        }
    }

    private static List<Indicator> Entries(JsonElement list, List<string> faults)
    {
        List<Indicator> entries = [];
        HashSet<(IndicatorKind, string)> seen = [];
        var number = 0;
        foreach (var entry in list.EnumerateArray())
        {
            number++;
            var (kindText, value) = (TextOf(entry, "kind"), TextOf(entry, "value"));
            var name = $"entry {number} ({kindText} '{(value.Length > 60 ? value[..60] : value)}')";
            if (!Kinds.TryGetValue(kindText, out var kind))
            {
                faults.Add($"{name}: kind must be one of {string.Join(", ", Kinds.Keys)}");
                continue;
            }

            foreach (var wrong in Wrong(entry, kind, value))
            {
                faults.Add($"{name}: {wrong}");
            }

            if (!seen.Add((kind, kind == IndicatorKind.Wallet ? value : value.ToUpperInvariant())))
            {
                faults.Add($"{name} stands here a second time: remove one");
            }

            entries.Add(new Indicator(kind, value));
        }

        return entries;
    }

    private static IEnumerable<string> Wrong(JsonElement entry, IndicatorKind kind, string value)
    {
        if (IndicatorValues.Fault(kind, value) is { } fault)
        {
            yield return fault;
        }

        if (!DateOnly.TryParseExact(TextOf(entry, "date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            yield return "date must be the day on which it was taken over, yyyy-MM-dd";
        }

        if (TextOf(entry, "source") is not { Length: > 0 and <= LongestText })
        {
            yield return $"source must say in 1 to {LongestText} characters where it comes from";
        }

        if (entry.ValueKind == JsonValueKind.Object && entry.EnumerateObject().FirstOrDefault(field => !Fields.Contains(field.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } extra)
        {
            yield return $"'{extra.Name}' is no field of an entry: {string.Join(", ", Fields)} are";
        }
    }

    // A port may stand there as a number.
    private static string TextOf(JsonElement element, string field) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(field, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? value.ToString() : "";

    [GeneratedRegex("^[A-Za-z0-9._-]{1,64}$")]
    private static partial Regex VersionShape();
}
