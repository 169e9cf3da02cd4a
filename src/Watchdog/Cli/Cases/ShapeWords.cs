using System.Text.Json;
using Watchdog.Enforcement;
using Watchdog.Ledger;

namespace Watchdog.Cli.Cases;

/// <summary>A journalled shape in words.</summary>
internal static class ShapeWords
{
    /// <summary>The shape; the stored text itself where this version cannot read it.</summary>
    public static string Of(string json)
    {
        try
        {
            var shape = LedgerJson.Read<Shape>(json);
            return shape.Groups is { } groups ? string.Join(", ", groups)
                : shape.Tags is { } tags ? string.Join(", ", tags.Select(tag => tag.Value is null ? $"no tag {tag.Key}" : $"{tag.Key}={tag.Value}"))
                : shape.State ?? json;
        }
        catch (JsonException)
        {
            return json;
        }
    }
}
