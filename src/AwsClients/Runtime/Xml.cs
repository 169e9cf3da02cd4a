using System.Globalization;
using System.Xml;

namespace Amazon.Wire;

/// <summary>
/// The moves of an element reader. Each begins on a start tag and leaves the reader behind the matching end tag.
/// </summary>
internal static class Xml
{
    /// <summary>Gives every child element to <paramref name="member"/>; what it does not consume (false) is skipped.</summary>
    internal static T Fill<T>(XmlReader reader, T target, Func<XmlReader, T, bool> member)
    {
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return target;
        }

        reader.ReadStartElement();
        while (reader.MoveToContent() == XmlNodeType.Element)
        {
            if (!member(reader, target))
                reader.Skip();
        }

        reader.ReadEndElement();
        return target;
    }

    internal static T Object<T>(XmlReader reader, Func<XmlReader, T, bool> member)
        where T : new() => Fill(reader, new T(), member);

    /// <summary>A list of items, added to <paramref name="into"/>; an empty one leaves it as it was (null, by v4's rule).</summary>
    internal static List<T>? List<T>(XmlReader reader, List<T>? into, Func<XmlReader, T, bool> member)
        where T : new()
    {
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return into;
        }

        reader.ReadStartElement();
        while (reader.MoveToContent() == XmlNodeType.Element)
            (into ??= []).Add(Object(reader, member));
        reader.ReadEndElement();
        return into;
    }

    internal static string Text(XmlReader reader) => reader.ReadElementContentAsString();

    internal static bool? Flag(XmlReader reader) => Text(reader) switch
    {
        "" => null,
        "true" or "1" => true,
        "false" or "0" => false,
        var other => throw new FormatException($"'{other}' is not a boolean."),
    };

    internal static int? Int(XmlReader reader) =>
        Text(reader) is { Length: > 0 } text ? int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : null;

    /// <summary>An ISO 8601 instant, in UTC.</summary>
    internal static DateTime? Instant(XmlReader reader) =>
        Text(reader) is { Length: > 0 } text ? Instants.Parse(text) : null;
}
