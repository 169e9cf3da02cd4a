using Watchdog.Slo.Minutes;
using Watchdog.Slo.Reading;
using static Watchdog.Tests.Slo.Reading.HandMadeBooks;

namespace Watchdog.Tests.Slo.Reading;

public sealed class WindowBookTests
{
    [Fact]
    public async Task Every_window_holds_the_buckets_from_its_begin_up_to_the_end()
    {
        await using var books = await OpenAsync();
        await books.BucketAsync("fleet", "fleet", 60, Cause.Ok, 1_000);
        await books.BucketAsync("fleet", "fleet", 55, Cause.Ok, 100, reached: 60, silent: 20);
        await books.BucketAsync("fleet", "fleet", 55, Cause.Guest, 7);
        await books.BucketAsync("fleet", "fleet", 50, Cause.Ok, 30);
        await books.BucketAsync("fleet", "fleet", 0, Cause.Provider, 5);
        await books.BucketAsync("fleet", "fleet", -5, Cause.WatchdogBlind, 10_000);
        await books.BucketAsync("region", "north", 30, Cause.User, 2);
        await books.BucketAsync("region", "south", -5, Cause.Ok, 3);

        var read = await new WindowBook(books.Database.Source).ReadAsync(T + 60, [60, 5, 30, 5], default);

        Assert.Equal([new("fleet", "fleet"), new BookKey("region", "north")], read.Select(key => key.Key));
        Assert.Equal([new(130, 12, 0, 0), new(100, 7, 0, 0), new(130, 7, 0, 0), new Tally(100, 7, 0, 0)], read[0].Windows.Select(window => window.Tally));
        Assert.Equal(new AgentTally(60, 20), read[0].Windows[1].Agent);
        Assert.Equal((7, 5), (read[0].Windows[0].ByCause[Cause.Guest], read[0].Windows[0].ByCause[Cause.Provider]));
        Assert.Equal([new(0, 0, 2, 0), default, new(0, 0, 2, 0), default(Tally)], read[1].Windows.Select(window => window.Tally));
    }

    [Theory]
    [InlineData(7, 5)]
    [InlineData(10, 7)]
    [InlineData(10, 0)]
    public async Task A_window_that_would_cut_a_bucket_is_refused(int end, int window)
    {
        await using var books = await OpenAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => new WindowBook(books.Database.Source).ReadAsync(T + end, [window], default));
    }

    [Fact]
    public async Task The_watermarks_are_those_of_the_last_and_the_first_scope_and_none_before_anything_is_written()
    {
        await using var books = await OpenAsync();
        Assert.Equal(new Watermarks(T + (Minute.Day / 2), T + Minute.Day, T + (Minute.Day / 2) - 10), await Watermarks.ReadAsync(books.Database.Source, default));

        await books.Database.ExecuteAsync("delete from slo_scope");
        Assert.Null(await Watermarks.ReadAsync(books.Database.Source, default));
    }
}
