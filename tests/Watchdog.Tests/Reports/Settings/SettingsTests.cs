using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Watchdog.Http.Access;
using Watchdog.Reports.Settings;
using Watchdog.Tests.Http.Access;

namespace Watchdog.Tests.Reports.Settings;

/// <summary>Settings are shown as they hold, and nothing that may be secret is, whichever class declares it.</summary>
public partial class SettingsTests
{
    private const string Planted = "hunter2";

    public static TheoryData<string, Type> Sections
    {
        get
        {
            var all = new TheoryData<string, Type>();
            foreach (var (section, options) in SettingReads.Classes)
            {
                all.Add(section, options);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void Whatever_smells_of_a_secret_is_only_said_to_be_set(string section, Type options)
    {
        var paths = SettingLines.Of(Given(), section, options).Select(line => line.Path).ToList();
        var lines = SettingLines.Of(Given([.. paths.Select(path => (path, Planted))]), section, options);

        Assert.Equal(paths.Count, lines.Count);
        Assert.All(lines.Where(line => Smell().IsMatch(line.Path)), line =>
        {
            Assert.Null(line.Value);
            Assert.Null(line.Default);
        });
    }

    [Theory]
    [InlineData("Storage", "Storage:ConnectionString")]
    [InlineData("Storage", "Storage:DataFolder")]
    [InlineData("Holds", "Holds:LinkSecret")]
    [InlineData("Notices", "Notices:Secret")]
    [InlineData("Notices", "Notices:Url")]
    [InlineData("Alerts:Receivers", "Alerts:Receivers:pager:Url")]
    [InlineData("Alerts:Receivers", "Alerts:Receivers:pager:Secret")]
    [InlineData("Diagnostics:Otlp", "Diagnostics:Otlp:Endpoint")]
    [InlineData("Diagnostics:Otlp", "Diagnostics:Otlp:HeadersFile")]
    public void A_text_that_nobody_has_thought_about_stays_hidden(string section, string path)
    {
        var model = new SettingReads(Given((path, Planted))).Read(section);

        Assert.DoesNotContain(model.Shown.SelectMany(one => one.Lines), line => $"{line.Value}{line.Default}".Contains(Planted, StringComparison.Ordinal));
        Assert.Contains(model.Shown.SelectMany(one => one.Lines), line => line is { IsSet: true, Value: null, Changed: true } && line.Path == path);
    }

    [Fact]
    public void A_value_is_told_with_its_default_and_the_place_that_it_comes_from()
    {
        var line = Assert.Single(SettingLines.Of(Given(("Http:StaleSeconds", "61")), "Http", typeof(Watchdog.Http.HttpOptions)), one => one.Path == "Http:StaleSeconds");

        Assert.Equal(("61", "60", true, "the command line"), (line.Value, line.Default, line.Changed, line.From));
    }

    [Fact]
    public void What_is_written_as_its_default_is_not_told_as_changed()
    {
        Assert.DoesNotContain(SettingLines.Of(Given(("Http:StaleSeconds", "60")), "Http", typeof(Watchdog.Http.HttpOptions)), line => line.Changed);
    }

    [Fact]
    public async Task The_page_shows_what_differs_and_each_section_whole()
    {
        await using var site = await OpsSite.OpenAsync(("Storage:ConnectionString", $"Host=h;Password={Planted}"));
        using var ann = await site.BrowseAsync(Role.Viewer);

        var (status, changed, _) = await ann.GetAsync("/settings");
        var (_, storage, _) = await ann.GetAsync("/settings?section=Storage");
        var (unknown, _, _) = await ann.GetAsync("/settings?section=%3Cscript%3E");

        Assert.Equal((200, 200), (status, unknown));
        Assert.Contains("127.0.0.1:0", changed, StringComparison.Ordinal);
        Assert.DoesNotContain(Planted, changed + storage, StringComparison.Ordinal);
        Assert.Contains("ConnectionString", storage, StringComparison.Ordinal);
    }

    private static IConfigurationRoot Given(params (string Path, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(one => KeyValuePair.Create(one.Path, (string?)one.Value))).Build();

    [GeneratedRegex("secret|token|key|password|passphrase|pwd|connection|credential|header|url", RegexOptions.IgnoreCase)]
    private static partial Regex Smell();
}
