using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Watchdog.IdleShutdown.Savings;

/// <summary>
/// Reads the file of prices: <c>version</c>, and <c>prices</c> with <c>region</c>, <c>date</c>, <c>source</c> and <c>usd_per_hour</c> each. Every fault is
/// named with its place and its mend, all at once; a file with a fault gives no prices.
/// </summary>
public static partial class PriceFile
{
    private const int LongestText = 500;
    // EC2's dearest type costs a few hundred dollars an hour.
    private const decimal Most = 1_000;
    private static readonly JsonDocumentOptions Tolerant = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private static readonly string[] Fields = ["region", "date", "source", "usd_per_hour"];

    /// <summary>The file that is shipped.</summary>
    public static string Shipped => Path.Combine(AppContext.BaseDirectory, "prices.json");

    /// <summary>Reads a file.</summary>
    /// <returns>The prices, or null; and what is wrong, empty when nothing is.</returns>
    public static (PriceList? Prices, IReadOnlyList<string> Faults) Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, [$"it cannot be read ({fault.Message})"]);
        }
    }

    /// <summary>Reads a text.</summary>
    /// <returns>The prices, or null; and what is wrong, empty when nothing is.</returns>
    public static (PriceList? Prices, IReadOnlyList<string> Faults) Parse(string text)
    {
        List<string> faults = [];
        try
        {
            using var document = JsonDocument.Parse(text, Tolerant);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("prices", out var list) || list.ValueKind != JsonValueKind.Array)
            {
                return (null, ["it is no object with \"version\" and a list \"prices\""]);
            }

            var version = TextOf(root, "version");
            if (!VersionShape().IsMatch(version))
            {
                faults.Add("\"version\" must be 1 to 64 letters, digits, '.', '_' or '-'; a date does well");
            }

            Dictionary<string, RegionPrices> regions = new(StringComparer.Ordinal);
            foreach (var entry in list.EnumerateArray())
            {
                var region = TextOf(entry, "region");
                if (!regions.TryAdd(region, EntryOf(entry, region, faults)))
                {
                    faults.Add($"Region '{region}' stands here a second time: put its prices together");
                }
            }

            return faults.Count == 0 ? (new PriceList(version, regions), faults) : (null, faults);
        }
        catch (JsonException fault)
        {
            return (null, [$"it is no JSON: {fault.Message}"]);
        }
    }

    private static RegionPrices EntryOf(JsonElement entry, string region, List<string> faults)
    {
        var name = $"Region '{region}'";
        if (!RegionShape().IsMatch(region))
        {
            faults.Add($"{name}: \"region\" must be a Region's code, e.g. eu-west-1");
        }

        if (!DateOnly.TryParseExact(TextOf(entry, "date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            faults.Add($"{name}: \"date\" must be the day for which the prices held, yyyy-MM-dd");
        }

        var source = TextOf(entry, "source");
        if (source.Length is 0 or > LongestText)
        {
            faults.Add($"{name}: \"source\" must say in 1 to {LongestText} characters where they come from");
        }

        if (entry.ValueKind == JsonValueKind.Object)
        {
            faults.AddRange(entry.EnumerateObject().Where(field => !Fields.Contains(field.Name))
                .Select(extra => $"{name}: '{extra.Name}' is no field of an entry: {string.Join(", ", Fields)} are"));
        }

        return new(date, source, TypesOf(entry, name, faults));
    }

    private static Dictionary<string, decimal> TypesOf(JsonElement entry, string name, List<string> faults)
    {
        Dictionary<string, decimal> types = new(StringComparer.Ordinal);
        if (entry.ValueKind != JsonValueKind.Object || !entry.TryGetProperty("usd_per_hour", out var prices) || prices.ValueKind != JsonValueKind.Object)
        {
            faults.Add($"{name}: \"usd_per_hour\" must be an object of instance types with their price");
            return types;
        }

        foreach (var price in prices.EnumerateObject())
        {
            if (!TypeShape().IsMatch(price.Name))
            {
                faults.Add($"{name}: '{price.Name}' is no instance type, e.g. t3.medium");
            }
            else if (price.Value.ValueKind != JsonValueKind.Number || !price.Value.TryGetDecimal(out var usd) || usd is <= 0 or > Most)
            {
                faults.Add($"{name}: {price.Name} must cost more than 0 and at most {Most} US$ an hour, as a number");
            }
            else if (!types.TryAdd(price.Name, usd))
            {
                faults.Add($"{name}: {price.Name} stands here a second time: remove one");
            }
        }

        return types;
    }

    private static string TextOf(JsonElement element, string field) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex VersionShape();

    [GeneratedRegex(@"^[a-z]{2}(-[a-z]+)+-[0-9]{1,2}\z")]
    private static partial Regex RegionShape();

    [GeneratedRegex(@"^[a-z0-9-]{2,20}\.[a-z0-9-]{2,20}\z")]
    private static partial Regex TypeShape();
}
