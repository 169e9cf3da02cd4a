using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Watchdog.Ledger;

/// <summary>
/// One text for every JSON document that says the same, whoever wrote it and however Postgres stored it: no white space, names in order of
/// their UTF-16 units, the shortest escapes, numbers exact as <c>digits e exponent</c>. docs/decisions/0006-audit-chain.md defines it; hashes
/// that lie in the ledger stand on it, so it never changes.
/// </summary>
public static class CanonicalJson
{
    /// <summary>The document's canonical text.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static string Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        var text = new StringBuilder(json.Length);
        Append(text, document.RootElement);
        return text.ToString();
    }

    /// <summary>Appends a value's canonical text.</summary>
    public static void Append(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                var separator = "";
                foreach (var property in value.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
                {
                    text.Append(separator);
                    Append(text, property.Name);
                    text.Append(':');
                    Append(text, property.Value);
                    separator = ",";
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                var comma = "";
                foreach (var item in value.EnumerateArray())
                {
                    text.Append(comma);
                    Append(text, item);
                    comma = ",";
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                Append(text, value.GetString()!);
                break;
            case JsonValueKind.Number:
                text.Append(Number(value.GetRawText()));
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    /// <summary>Appends a text between quotes; only the quote, the backslash and control characters are escaped, the last as <c>\u00xx</c>.</summary>
    public static void Append(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var unit in value)
        {
            switch (unit)
            {
                case '"' or '\\':
                    text.Append('\\').Append(unit);
                    break;
                case < ' ':
                    text.Append("\\u").Append(((int)unit).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    text.Append(unit);
                    break;
            }
        }

        text.Append('"');
    }

    /// <summary>
    /// A JSON number without rounding: its significant digits, <c>e</c>, the exponent of the last of them; zero is <c>0e0</c>. Postgres keeps
    /// a number's value and not its spelling: 1E-05 comes back as 0.00001, and both are <c>1e-5</c> here.
    /// </summary>
    internal static string Number(string raw)
    {
        var sign = raw[0] == '-' ? "-" : "";
        var at = raw.AsSpan().IndexOfAny('e', 'E');
        var exponent = at < 0 ? BigInteger.Zero : BigInteger.Parse(raw.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = raw[sign.Length..(at < 0 ? raw.Length : at)];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0)
        {
            exponent -= mantissa.Length - point - 1;
            mantissa = mantissa.Remove(point, 1);
        }

        var digits = mantissa.TrimEnd('0');
        exponent += mantissa.Length - digits.Length;
        digits = digits.TrimStart('0');
        return digits.Length == 0 ? "0e0" : $"{sign}{digits}e{exponent.ToString(CultureInfo.InvariantCulture)}";
    }
}
