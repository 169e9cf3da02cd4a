using System.Globalization;
using System.Text;

namespace Watchdog.FleetSim.Wire;

/// <summary>A query-protocol request: flat names with dots and numbers. The first of a repeated name counts.</summary>
internal sealed class FormFields
{
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);

    private FormFields()
    {
    }

    public static FormFields Parse(ReadOnlySpan<byte> body)
    {
        var form = new FormFields();
        while (!body.IsEmpty)
        {
            var end = body.IndexOf((byte)'&');
            var pair = end < 0 ? body : body[..end];
            body = end < 0 ? [] : body[(end + 1)..];
            var equals = pair.IndexOf((byte)'=');
            if (!pair.IsEmpty)
                form._fields.TryAdd(Decode(equals < 0 ? pair : pair[..equals]), equals < 0 ? "" : Decode(pair[(equals + 1)..]));
        }

        return form;
    }

    public string? Get(string name) => _fields.GetValueOrDefault(name);

    public string Need(string name) => Get(name) is { Length: > 0 } value ? value : throw AwsError.Missing(name);

    public bool Flag(string name) => string.Equals(Get(name), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether any field begins so.</summary>
    public bool AnyBelow(string prefix) => _fields.Keys.Any(k => k.StartsWith(prefix, StringComparison.Ordinal));

    public int? Number(string name)
    {
        if (Get(name) is not { } text)
            return null;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw AwsError.InvalidParameter($"Value ({text}) for parameter {name} is invalid. Expecting an integer.");
    }

    public DateTimeOffset? Time(string name)
    {
        if (Get(name) is not { } text)
            return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at
            : throw AwsError.InvalidParameter($"Value ({text}) for parameter {name} is invalid.");
    }

    /// <summary>The values of <c>Name.1</c>, <c>Name.2</c>, ...</summary>
    public List<string> List(string name)
    {
        var values = new List<string>();
        for (var i = 1; Get(Numbered(name, i)) is { } value; i++)
            values.Add(value);
        return values;
    }

    public static string Numbered(string name, int i) => string.Create(CultureInfo.InvariantCulture, $"{name}.{i}");

    private static string Decode(ReadOnlySpan<byte> text)
    {
        if (text.IndexOfAny((byte)'%', (byte)'+') < 0)
            return Encoding.UTF8.GetString(text);
        var plain = text.Length <= 512 ? stackalloc byte[text.Length] : new byte[text.Length];
        var n = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '+')
            {
                plain[n++] = (byte)' ';
            }
            else if (text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit((char)text[i + 1]) && char.IsAsciiHexDigit((char)text[i + 2]))
            {
                plain[n++] = (byte)((Hex(text[i + 1]) << 4) | Hex(text[i + 2]));
                i += 2;
            }
            else
            {
                plain[n++] = text[i];
            }
        }

        return Encoding.UTF8.GetString(plain[..n]);
    }

    private static int Hex(byte c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}
