using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Watchdog.FleetSim.Wire;

/// <summary>Writes XML as UTF-8 straight into the answer. Names are trusted constants; text is escaped.</summary>
internal sealed class XmlOut(PooledBuffer output)
{
    private static readonly SearchValues<char> NeedsCare =
        SearchValues.Create("&<>\r\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000b\u000c\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f\ufffe\uffff");

    public void Raw(ReadOnlySpan<byte> bytes) => output.Write(bytes);

    public void Open(ReadOnlySpan<byte> name)
    {
        var span = output.GetSpan(name.Length + 2);
        span[0] = (byte)'<';
        name.CopyTo(span[1..]);
        span[name.Length + 1] = (byte)'>';
        output.Advance(name.Length + 2);
    }

    public void Close(ReadOnlySpan<byte> name)
    {
        var span = output.GetSpan(name.Length + 3);
        span[0] = (byte)'<';
        span[1] = (byte)'/';
        name.CopyTo(span[2..]);
        span[name.Length + 2] = (byte)'>';
        output.Advance(name.Length + 3);
    }

    /// <summary>One element with text; nothing at all when the text is null.</summary>
    public void Text(ReadOnlySpan<byte> name, string? value)
    {
        if (value is null)
            return;
        Open(name);
        Escape(value);
        Close(name);
    }

    public void Text(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Open(name);
        Raw(value);
        Close(name);
    }

    public void Number(ReadOnlySpan<byte> name, long value)
    {
        Open(name);
        Utf8Formatter.TryFormat(value, output.GetSpan(20), out var written);
        output.Advance(written);
        Close(name);
    }

    public void Number(ReadOnlySpan<byte> name, double value)
    {
        Open(name);
        value.TryFormat(output.GetSpan(32), out var written, "R", CultureInfo.InvariantCulture);
        output.Advance(written);
        Close(name);
    }

    public void Flag(ReadOnlySpan<byte> name, bool value) => Text(name, value ? "true"u8 : "false"u8);

    /// <summary>An instant as EC2 writes it, milliseconds zero: <c>2026-11-22T10:00:00.000Z</c>.</summary>
    public void Time(ReadOnlySpan<byte> name, DateTimeOffset value)
    {
        Open(name);
        value.UtcDateTime.TryFormat(output.GetSpan(32), out var written, "yyyy-MM-dd'T'HH:mm:ss'.000Z'", CultureInfo.InvariantCulture);
        output.Advance(written);
        Close(name);
    }

    /// <summary>Text without an element around it.</summary>
    public void Escape(ReadOnlySpan<char> value)
    {
        var rest = value;
        while (true)
        {
            var at = rest.IndexOfAny(NeedsCare);
            var plain = at < 0 ? rest : rest[..at];
            var span = output.GetSpan(Encoding.UTF8.GetMaxByteCount(plain.Length));
            output.Advance(Encoding.UTF8.GetBytes(plain, span));
            if (at < 0)
                return;
            Raw(rest[at] switch { '&' => "&amp;"u8, '<' => "&lt;"u8, '>' => "&gt;"u8, '\r' => "&#13;"u8, _ => "?"u8 });
            rest = rest[(at + 1)..];
        }
    }
}
