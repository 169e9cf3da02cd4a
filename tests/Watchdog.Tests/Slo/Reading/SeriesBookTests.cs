using Watchdog.Slo.Minutes;
using Watchdog.Slo.Reading;
using static Watchdog.Tests.Slo.Reading.HandMadeBooks;

namespace Watchdog.Tests.Slo.Reading;

public sealed class SeriesBookTests
{
    [Fact]
    public async Task A_curve_has_a_point_for_each_step_with_a_minute_and_the_worst_is_its_lowest_sli()
    {
        await using var books = await OpenAsync();
        await books.BucketAsync("region", "north", -5, Cause.Provider, 500);
        await books.BucketAsync("region", "north", 0, Cause.Ok, 100, reached: 70);
        await books.BucketAsync("region", "north", 55, Cause.Ok, 50);
        await books.BucketAsync("region", "north", 60, Cause.Ok, 99);
        await books.BucketAsync("region", "north", 60, Cause.Guest, 1);
        await books.BucketAsync("region", "north", 180, Cause.User, 9);
        await books.BucketAsync("region", "south", 60, Cause.Guest, 77);
        SeriesBook book = new(books.Database.Source);

        var hours = await book.ReadAsync(new("region", "north"), T, T + Minute.Day, 60, default);

        Assert.Equal([(T, new(150, 0, 0, 0)), (T + 60, new(99, 1, 0, 0)), (T + 180, new Tally(0, 0, 9, 0))], hours.Select(hour => (hour.At, hour.Minutes.Tally)));
        Assert.Equal(70, hours[0].Minutes.Agent.Reached);
        Assert.Equal(T + 60, SeriesBook.Worst(hours)!.At);
        Assert.Empty(await book.ReadAsync(new("region", "west"), T, T + Minute.Day, 60, default));
    }

    [Fact]
    public void Where_nothing_was_good_or_bad_there_is_no_worst_step() =>
        Assert.Null(SeriesBook.Worst([new(T, CauseMinutes.Of([new(T, T + 5, Cause.WatchdogBlind, AgentSeen.Unknown)]))]));

    [Theory]
    [InlineData(1, 61, 60)]
    [InlineData(0, 61, 60)]
    [InlineData(0, 60, 7)]
    [InlineData(0, 60, 0)]
    public async Task A_step_that_would_cut_a_bucket_is_refused(int from, int to, int step)
    {
        await using var books = await OpenAsync();

        await Assert.ThrowsAsync<ArgumentException>(
            () => new SeriesBook(books.Database.Source).ReadAsync(new("fleet", "fleet"), T + from, T + to, step, default));
    }
}
