using Watchdog.Detection;
using Watchdog.Detectors.Verdicts;

namespace Watchdog.Reports.Settings;

/// <summary>A section of settings.</summary>
public sealed record SettingSection(string Name, IReadOnlyList<SettingLine> Lines);

/// <summary>What the page shows.</summary>
/// <param name="Sections">Every section's name, with how many of its settings differ from their defaults.</param>
/// <param name="Chosen">The section that is shown whole; null: of all, what differs.</param>
public sealed record SettingsModel(IReadOnlyList<(string Name, int Changed)> Sections, string? Chosen, IReadOnlyList<SettingSection> Shown);

/// <summary>Reads the worker's settings as they hold; nothing on the page changes them.</summary>
public sealed class SettingReads(IConfiguration configuration)
{
    /// <summary>Every section with the class that it fills: found as the program declares them, so that none is forgotten.</summary>
    public static IReadOnlyList<(string Section, Type Options)> Classes { get; } =
    [
        .. typeof(SettingReads).Assembly.GetTypes().Where(type => type is { IsClass: true, ContainsGenericParameters: false })
            .Select(type => (Section: type.GetField("Section")?.GetRawConstantValue() as string, Options: type)).Where(one => one.Section is not null)
            .Select(one => (one.Section!, one.Options)).Append((DetectorRules.Path, typeof(DetectorOptions))).OrderBy(one => one.Item1, StringComparer.Ordinal),
    ];

    /// <summary>The page.</summary>
    public SettingsModel Read(string? chosen)
    {
        List<SettingSection> all = [.. Classes.Select(one => new SettingSection(one.Section, SettingLines.Of(configuration, one.Section, one.Options)))];
        var known = all.FirstOrDefault(section => section.Name == chosen);
        return new(
            [.. all.Select(section => (section.Name, section.Lines.Count(line => line.Changed)))], known?.Name,
            known is not null ? [known] : [.. all.Select(section => section with { Lines = [.. section.Lines.Where(line => line.Changed)] }).Where(section => section.Lines.Count > 0)]);
    }
}
