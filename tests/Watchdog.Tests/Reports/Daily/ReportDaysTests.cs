using System.Globalization;
using Microsoft.Extensions.Options;
using Watchdog.Alerts.Receivers;
using Watchdog.Reports.Daily;

namespace Watchdog.Tests.Reports.Daily;

public sealed class ReportDaysTests
{
    [Theory]
    [InlineData("2026-03-02T07:59:59Z", null, "2026-02-28")]
    [InlineData("2026-03-02T08:00:00Z", null, "2026-03-01")]
    [InlineData("2026-03-02T09:00:00+02:00", null, "2026-02-28")]
    [InlineData("2026-03-02T08:00:00Z", "2026-03-01", null)]
    [InlineData("2026-03-02T08:00:00Z", "2026-02-26", "2026-02-27")]
    // Back after months: a week is made up for.
    [InlineData("2026-03-02T08:00:00Z", "2025-12-24", "2026-02-23")]
    // A clock that was set back posts nothing again.
    [InlineData("2026-03-02T08:00:00Z", "2026-03-07", null)]
    public void The_oldest_day_that_is_over_and_was_not_posted_is_due_at_its_time(string now, string? last, string? due) =>
        Assert.Equal(Day(due), ReportDays.Due(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture), new(8, 0), Day(last)));

    [Theory]
    [InlineData("8:00", null, "Reports:Daily:At is '8:00', which is no time of day")]
    [InlineData("25:00", null, "Reports:Daily:At is '25:00', which is no time of day")]
    [InlineData("08:00", "pager", "Reports:Daily:Receivers names 'pager', which is no receiver of type slack or webhook")]
    [InlineData("08:00", "nobody", "Reports:Daily:Receivers names 'nobody'")]
    [InlineData("08:00", "chat", null)]
    [InlineData("", null, null)]
    [InlineData(null, null, null)]
    public void Settings_that_cannot_work_stop_the_start(string? at, string? receiver, string? message)
    {
        var settings = new ReceiverSettings { Receivers = { ["chat"] = new() { Type = "slack" }, ["pager"] = new() { Type = "pagerduty" } } };
        var result = new DailyOptionsValidator(Options.Create(settings)).Validate(null, new() { At = at, Receivers = receiver is null ? [] : [receiver] });
        Assert.Equal(message is null, result.Succeeded);
        Assert.Contains(message ?? "", result.FailureMessage ?? "", StringComparison.Ordinal);
    }

    private static DateOnly? Day(string? text) => text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
