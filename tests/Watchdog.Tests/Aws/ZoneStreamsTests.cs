using FsCheck;
using FsCheck.Fluent;
using Watchdog.Aws;

namespace Watchdog.Tests.Aws;

public class ZoneStreamsTests
{
    [Fact]
    public void Every_ending_lies_in_exactly_one_stream_whatever_was_seen()
    {
        var fleets = Gen.Zip(Gen.Elements("abcdef19-é".ToCharArray()), Gen.Choose(0, 60_000)).ArrayOf();
        Prop.ForAll(fleets.ToArbitrary(), seen =>
        {
            var streams = ZoneStreams.Of(seen.GroupBy(zone => zone.Item1).ToDictionary(zone => zone.Key, zone => zone.Sum(one => one.Item2)));
            return streams is [{ Count: 0 }]
                || streams.SelectMany(stream => stream).Order(StringComparer.Ordinal).SequenceEqual("0123456789abcdefghijklmnopqrstuvwxyz".Select(ending => $"*{ending}"));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_fleet_of_three_zones_is_read_in_three_streams_and_a_small_one_in_one()
    {
        Assert.Equal(3, ZoneStreams.Of(new Dictionary<char, int> { ['a'] = 50_000, ['b'] = 48_000, ['c'] = 52_000, ['d'] = 900 }).Count);
        Assert.Equal([[]], ZoneStreams.Of(new Dictionary<char, int> { ['a'] = 1_900, ['b'] = 50_000 }));
        Assert.Equal([[]], ZoneStreams.Of(new Dictionary<char, int>()));
    }
}
