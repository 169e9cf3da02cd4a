using System.Globalization;
using Watchdog.Reports.Abuse;

namespace Watchdog.Tests.Reports.Abuse;

public sealed class NoticeTextTests
{
    [Theory]
    [InlineData("198.51.100.7:4444 attacked us at 2026-03-02T10:00:05Z", "198.51.100.7:4444@2026-03-02T10:00:05Z")]
    [InlineData("Source IP: 198.51.100.7\nSource Port: 5555\nTimestamp: 2026-03-02 11:00:05 +0100", "198.51.100.7:5555@2026-03-02T10:00:05Z")]
    [InlineData("198[.]51[.]100[.]7 02/Mar/2026:10:00:05 +0000 \"GET /\"", "198.51.100.7@2026-03-02T10:00:05Z")]
    [InlineData("Date: Mon, 2 Mar 2026 12:00:00 +0000\n\nIP 198.51.100.7 seen 2 Mar 2026 10:00:05 GMT", "198.51.100.7@2026-03-02T10:00:05Z")]
    [InlineData("Date: Mon, 2 Mar 2026 12:00:00 -0500\n\nYour IP 198.51.100.7 scans us.", "198.51.100.7@2026-03-02T17:00:00Z")]
    [InlineData("[2001:DB8::7]:443 at 2026-03-02 10:00", "2001:db8::7:443@2026-03-02T10:00:00Z")]
    [InlineData("from 2001:db8:0:0::7 at 2026/03/02 10:00:05", "2001:db8::7@2026-03-02T10:00:05Z")]
    [InlineData("2026-03-02T10:00:05Z 198.51.100.7:1 -> 203.0.113.9:80", "198.51.100.7:1@2026-03-02T10:00:05Z 203.0.113.9:80@2026-03-02T10:00:05Z")]
    [InlineData("2026-03-02T10:00:05Z 198.51.100.7\n2026-03-02T11:00:05Z 198.51.100.7", "198.51.100.7@2026-03-02T10:00:05Z 198.51.100.7@2026-03-02T11:00:05Z")]
    public void Addresses_ports_and_instants_are_found(string text, string found) => Assert.Equal(found, Written(NoticeText.Read(text, null)));

    [Theory]
    [InlineData("version 1.2.3 of 10:00:05, mac aa:bb:cc:dd:ee:ff, 300.1.2.3, 1.2.3.4.5, id 12345")]
    [InlineData("")]
    [InlineData("::::: ... [.] [[[ ]:99999999999999")]
    public void What_is_no_address_is_none(string text) => Assert.Empty(NoticeText.Read(text, null).Addresses);

    [Fact]
    public void A_given_instant_counts_for_all_and_a_zone_nobody_knows_is_said()
    {
        const string text = "198.51.100.7 at 2026-03-02 10:00:05 PST";

        var unknown = NoticeText.Read(text, null);
        Assert.Empty(unknown.Sightings);
        Assert.Contains(unknown.Remarks, remark => remark.Contains("PST", StringComparison.Ordinal));
        Assert.Equal("198.51.100.7@2026-03-02T18:00:05Z", Written(NoticeText.Read(text, new DateTimeOffset(2026, 3, 2, 18, 0, 5, TimeSpan.Zero))));
    }

    [Fact]
    public void An_instant_without_a_zone_is_taken_for_utc_and_that_is_said() =>
        Assert.Contains(NoticeText.Read("198.51.100.7 at 2026-03-02 10:00:05", null).Remarks, remark => remark.Contains("UTC", StringComparison.Ordinal));

    [Theory]
    [InlineData("198.51.100.7 at 2026-03-02 10:00:05 UTC\n203.0.113.9 on Nov 22 10:36:30 CST 2026")]
    [InlineData("198.51.100.7 at 2026-03-02 10:00:05 UTC\n203.0.113.9 at 2026-03-02 04:00:05 CST")]
    public void An_address_whose_own_instant_is_not_understood_is_not_looked_up_at_anothers(string text)
    {
        var notice = NoticeText.Read(text, null);

        Assert.Equal("198.51.100.7@2026-03-02T10:00:05Z", Written(notice));
        Assert.Contains(notice.Remarks, remark => remark.Contains("beside 203.0.113.9", StringComparison.Ordinal));
    }

    [Fact]
    public void A_flood_is_bounded()
    {
        var text = string.Concat(Enumerable.Range(0, 90_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"{1 + (i % 200)}.{i / 200 % 200}.1.1 2026-03-02T10:00:0{i % 9}Z\n")));

        var notice = NoticeText.Read(text, null);

        Assert.Equal((NoticeText.MostAddresses, 50), (notice.Addresses.Count, notice.Sightings.Count));
        Assert.Equal(2, notice.Remarks.Count);
        var often = string.Concat(Enumerable.Range(0, 500).Select(i => string.Create(CultureInfo.InvariantCulture, $"198.51.100.7 2026-03-02T{i / 60:00}:{i % 60:00}Z\n")));
        Assert.Equal(100, NoticeText.Read(often, null).Sightings.Count);
        NoticeText.Read(new string(':', NoticeText.Longest), null);
        NoticeText.Read(string.Concat(Enumerable.Repeat("2026-03-02T10:00", 50_000)), null);
    }

    private static string Written(Notice notice) => string.Join(' ', notice.Sightings.Select(s => string.Create(CultureInfo.InvariantCulture,
        $"{s.Address}{(s.Port is { } port ? $":{port}" : "")}@{s.At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}")));
}
