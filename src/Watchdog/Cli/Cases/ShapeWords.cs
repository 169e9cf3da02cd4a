using System.Text.Json;
using Watchdog.Enforcement.Plans;
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
            return LedgerJson.Read<Shape>(json).Words;
        }
        catch (JsonException)
        {
            return json;
        }
    }
}
