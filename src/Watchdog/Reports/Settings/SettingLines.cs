using System.Collections;
using System.ComponentModel;
using System.Globalization;

namespace Watchdog.Reports.Settings;

/// <summary>A setting as it holds.</summary>
/// <param name="Path">Its key.</param>
/// <param name="Value">What holds; null: it must not be shown.</param>
/// <param name="IsSet">Whether it has a value at all.</param>
/// <param name="Default">What holds where nobody says otherwise; null: nothing, or it must not be shown.</param>
/// <param name="Changed">Whether it differs from its default.</param>
/// <param name="From">Where it comes from.</param>
public sealed record SettingLine(string Path, string? Value, bool IsSet, string? Default, bool Changed, string From);

/// <summary>Walks options and configuration side by side.</summary>
public static class SettingLines
{
    /// <summary>The settings of a section, in the order of the program.</summary>
    /// <param name="section">Its key.</param>
    /// <param name="options">The class that it fills.</param>
    public static IReadOnlyList<SettingLine> Of(IConfiguration configuration, string section, Type options)
    {
        List<SettingLine> lines = [];
        Walk(configuration, section, options, Activator.CreateInstance(options), lines);
        return lines;
    }

    private static void Walk(IConfiguration configuration, string path, Type options, object? defaults, List<SettingLine> lines)
    {
        foreach (var property in options.GetProperties().Where(one => one.GetIndexParameters().Length == 0))
        {
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (property.SetMethod is not null)
            {
                Read(configuration, $"{path}:{property.Name}", property.Name, type, defaults is null ? null : property.GetValue(defaults), lines);
            }
            else if (typeof(IDictionary).IsAssignableFrom(type))
            {
                // A map that nobody replaces is the section itself.
                Read(configuration, path, property.Name, type, null, lines);
            }
        }
    }

    private static void Read(IConfiguration configuration, string path, string name, Type type, object? standard, List<SettingLine> lines)
    {
        if (IsScalar(type))
        {
            lines.Add(Line(configuration, path, name, type, standard));
        }
        else if (ElementOf(type) is { } element && IsScalar(Nullable.GetUnderlyingType(element) ?? element))
        {
            lines.Add(List(configuration, path, name, standard));
        }
        else if (ElementOf(type) is { } each)
        {
            foreach (var child in configuration.GetSection(path).GetChildren())
            {
                Read(configuration, child.Path, name, each, null, lines);
            }
        }
        else if (type.GetConstructor(Type.EmptyTypes) is not null)
        {
            Walk(configuration, path, type, standard ?? Activator.CreateInstance(type), lines);
        }
    }

    private static SettingLine List(IConfiguration configuration, string path, string name, object? standard)
    {
        var children = configuration.GetSection(path).GetChildren().ToList();
        var written = Join(children.Select(child => child.Value));
        var usual = Join((standard as IEnumerable ?? Array.Empty<object>()).Cast<object?>().Select(Shown));
        var value = children.Count > 0 ? written : usual;
        var may = ShownSettings.May(path, name, isText: true);
        return new(
            path, may ? value ?? "none" : null, value is not null, may ? usual ?? "none" : null, value != usual,
            value != usual && children.Count > 0 ? SourceOf(configuration, children[0].Path) ?? "default" : "default");

        static string? Join(IEnumerable<string?> values) => string.Join(", ", values.Where(one => one is { Length: > 0 })) is { Length: > 0 } joined ? joined : null;
    }

    private static SettingLine Line(IConfiguration configuration, string path, string name, Type type, object? standard)
    {
        var (written, from) = (configuration[path], SourceOf(configuration, path));
        var value = string.IsNullOrEmpty(written) && type != typeof(string) ? standard : Parse(written, type) ?? (from is null ? standard : written is { Length: > 0 } ? written : null);
        var changed = !Equals(Shown(value), Shown(standard));
        var may = ShownSettings.May(path, name, type == typeof(string));
        return new(path, may ? Shown(value) ?? "not set" : null, Shown(value) is { Length: > 0 }, may ? Shown(standard) : null, changed, changed ? from ?? "default" : "default");
    }

    private static object? Parse(string? text, Type type)
    {
        try
        {
            return string.IsNullOrEmpty(text) ? null : TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException or NotSupportedException or InvalidOperationException)
        {
            // The program's own check said so at start; the text is what there is.
            return text;
        }
    }

    private static string? Shown(object? value) => value switch
    {
        null or "" => null,
        bool truth => truth ? "true" : "false",
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static string? SourceOf(IConfiguration configuration, string path) =>
        (configuration as IConfigurationRoot)?.Providers.Reverse().FirstOrDefault(provider => provider.TryGet(path, out _)) is { } provider ? NameOf(provider) : null;

    // A file by its name alone: where it lies is nobody's business.
    private static string NameOf(IConfigurationProvider provider) => provider switch
    {
        FileConfigurationProvider file => Path.GetFileName(file.Source.Path) ?? "a file",
        _ when provider.GetType().Name.StartsWith("Environment", StringComparison.Ordinal) => "the environment",
        _ => "the command line",
    };

    private static bool IsScalar(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal) || type == typeof(TimeSpan) || type == typeof(DateTimeOffset) || type == typeof(Uri);

    private static Type? ElementOf(Type type) => type == typeof(string) || !typeof(IEnumerable).IsAssignableFrom(type) ? null
        : type.IsArray ? type.GetElementType() : type.GetGenericArguments() is [.., var last] ? last : typeof(string);
}
