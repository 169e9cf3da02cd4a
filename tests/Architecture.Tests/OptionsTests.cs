using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Watchdog.Detection;
using Watchdog.Detectors.Verdicts;
using Watchdog.Diagnostics;

namespace Watchdog.Architecture.Tests;

/// <summary>appsettings.json shows every option with its default, and every option says what it does.</summary>
public class OptionsTests
{
    private static readonly JsonDocumentOptions Commented = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static TheoryData<Type> Sections => [.. typeof(Clocks).Assembly.GetTypes().Where(type => type.GetField("Section") is not null).OrderBy(type => type.Name)];

    [Theory]
    [MemberData(nameof(Sections))]
    public void Appsettings_has_every_option_with_its_default(Type options)
    {
        var path = (string)options.GetField("Section")!.GetRawConstantValue()!;
        var section = Root();
        foreach (var part in path.Split(':'))
        {
            Assert.True(section.TryGetProperty(part, out section), $"appsettings.json has no section {path}.");
        }

        var problems = new List<string>();
        Compare(path, Activator.CreateInstance(options)!, section, problems);
        Assert.True(problems.Count == 0, string.Join(Environment.NewLine, problems));
    }

    [Fact]
    public void Appsettings_has_every_threshold_of_the_detectors_with_its_default()
    {
        var problems = new List<string>();
        Compare(DetectorRules.Path, new DetectorOptions(), Root().GetProperty("Detection").GetProperty("Detectors"), problems);
        Assert.True(problems.Count == 0, string.Join(Environment.NewLine, problems));
    }

    [Fact]
    public void Appsettings_has_no_section_that_nobody_reads()
    {
        var read = typeof(Clocks).Assembly.GetTypes().Select(type => type.GetField("Section")?.GetRawConstantValue() as string)
            .OfType<string>().Select(path => path.Split(':')[0]).Append("Logging").ToHashSet();
        Assert.Empty(Root().EnumerateObject().Select(section => section.Name).Except(read));
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void Every_option_says_what_it_does(Type options)
    {
        var docs = XDocument.Load(Path.ChangeExtension(options.Assembly.Location, ".xml")).Descendants("member")
            .ToDictionary(member => (string)member.Attribute("name")!, member => member.Element("summary")?.Value.Trim() ?? "");
        var silent = options.GetProperties().Where(property => property.SetMethod is not null)
            .Where(property => docs.GetValueOrDefault($"P:{options.FullName}.{property.Name}", "").Length < 20)
            .Select(property => $"{options.Name}.{property.Name}").ToList();
        Assert.True(silent.Count == 0, string.Join(Environment.NewLine, silent));
    }

    private static JsonElement Root() => JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "appsettings.json")), Commented).RootElement;

    private static void Compare(string path, object defaults, JsonElement section, List<string> problems)
    {
        var properties = defaults.GetType().GetProperties().Where(property => property.SetMethod is not null).ToList();
        foreach (var property in properties)
        {
            var name = $"{path}:{property.Name}";
            if (!section.TryGetProperty(property.Name, out var written))
            {
                problems.Add($"{name} is missing; its default is {Shown(property.GetValue(defaults))}.");
                continue;
            }

            var value = property.GetValue(defaults);
            if (value is not null && IsNested(property.PropertyType))
            {
                Compare(name, value, written, problems);
            }
            else if (Shown(value) != Shown(written))
            {
                problems.Add($"{name} is {Shown(written)}; its default is {Shown(value)}.");
            }
        }

        problems.AddRange(section.EnumerateObject()
            .Where(entry => properties.All(property => property.Name != entry.Name) && $"{path}:{entry.Name}" != DetectorRules.Path
                // A section of its own, with options of its own.
                && !typeof(Clocks).Assembly.GetTypes().Any(type => type.GetField("Section")?.GetRawConstantValue() as string == $"{path}:{entry.Name}"))
            .Select(entry => $"{path}:{entry.Name} is read by nobody."));
    }

    private static bool IsNested(Type type) =>
        (type.Assembly == typeof(Clocks).Assembly || type.Assembly == typeof(DetectorOptions).Assembly) && type.IsClass && !type.IsEnum;

    private static string Shown(object? value) => value switch
    {
        null => "null",
        string text => text,
        bool truth => truth ? "true" : "false",
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        System.Collections.IDictionary map => "{" + string.Join(",", map.Keys.Cast<object>().Select(key => $"{key}={Shown(map[key])}").Order(StringComparer.Ordinal)) + "}",
        System.Collections.IEnumerable list => "[" + string.Join(",", list.Cast<object?>().Select(Shown)) + "]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Array => "[" + string.Join(",", value.EnumerateArray().Select(Shown)) + "]",
        JsonValueKind.Object => "{" + string.Join(",", value.EnumerateObject().Select(entry => $"{entry.Name}={Shown(entry.Value)}").Order(StringComparer.Ordinal)) + "}",
        JsonValueKind.Number => value.GetDouble().ToString(CultureInfo.InvariantCulture),
        _ => value.GetString() ?? "",
    };
}
