using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using Watchdog.Detectors.Verdicts;

namespace Watchdog.Detection;

/// <summary>The detectors' thresholds as configuration writes them (section <c>Detection:Detectors</c>), and as <c>backtest --rules</c> takes them.</summary>
public static class DetectorRules
{
    /// <summary>The configuration section.</summary>
    public const string Path = "Detection:Detectors";

    private static readonly JsonSerializerOptions Strict = new()
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, NumberHandling = JsonNumberHandling.AllowReadingFromString,
        PropertyNameCaseInsensitive = true,
    };

    private static readonly JsonDocumentOptions Tolerant = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The configured rules; what is not configured has its default.</summary>
    /// <exception cref="OptionsValidationException">A name is unknown or a value is wrong.</exception>
    public static DetectorOptions Read(IConfiguration configuration) => Over(new DetectorOptions(), NodeOf(configuration.GetSection(Path)), Path);

    /// <summary>Rules of a JSON text over others; what the text does not name stays.</summary>
    /// <exception cref="OptionsValidationException">It is no JSON object, a name is unknown, or a value is wrong.</exception>
    public static DetectorOptions Read(string json, DetectorOptions basis, string name)
    {
        try
        {
            return Over(basis, JsonNode.Parse(json, documentOptions: Tolerant), name);
        }
        catch (JsonException fault)
        {
            throw Wrong([$"{name} is no JSON: {fault.Message}"]);
        }
    }

    private static DetectorOptions Over(DetectorOptions basis, JsonNode? changes, string name)
    {
        if (changes is not JsonObject wanted)
        {
            throw Wrong([$"{name} must be an object like section {Path} of appsettings.json, e.g. {{ \"Screen\": {{ \"NoveltyPoints\": 10 }} }}."]);
        }

        var merged = JsonSerializer.SerializeToNode(basis, Strict)!.AsObject();
        Merge(merged, wanted);
        DetectorOptions? rules;
        try
        {
            rules = merged.Deserialize<DetectorOptions>(Strict);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw Wrong([$"{name}: {fault.Message}"]);
        }

        var faults = DetectorRanges.Faults(rules!, name);
        return faults.Count == 0 ? rules! : throw Wrong(faults);
    }

    private static void Merge(JsonObject into, JsonObject from)
    {
        foreach (var (key, value) in from)
        {
            var known = into.Select(pair => pair.Key).FirstOrDefault(k => k.Equals(key, StringComparison.OrdinalIgnoreCase)) ?? key;
            if (into[known] is JsonObject part && value is JsonObject changes)
            {
                Merge(part, changes);
            }
            else
            {
                into[known] = value?.DeepClone();
            }
        }
    }

    // Configuration knows texts only: the reader takes numbers from them.
    private static JsonObject NodeOf(IConfigurationSection section)
    {
        var node = new JsonObject();
        foreach (var child in section.GetChildren())
        {
            node[child.Key] = child.GetChildren().Any() ? NodeOf(child)
                : bool.TryParse(child.Value, out var flag) ? flag
                : double.TryParse(child.Value, CultureInfo.InvariantCulture, out _) ? child.Value!.Trim()
                : child.Value;
        }

        return node;
    }

    private static OptionsValidationException Wrong(IReadOnlyList<string> faults) => new(Path, typeof(DetectorOptions), faults);
}
