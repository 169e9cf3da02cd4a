using FsCheck;
using FsCheck.Fluent;
using Watchdog.IdleShutdown.Schedules;

namespace Watchdog.Tests.IdleShutdown.Schedules;

public sealed class WakePacingTests
{
    private static readonly DateTimeOffset Eight = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Ten_thousand_vms_are_begun_seventy_five_minutes_ahead_of_their_time_at_ec2s_own_rate()
    {
        var begun = Play([.. Enumerable.Range(0, 10_000).Select(n => new Sleeper($"i-{n:00000}", Eight))], new WakeRate(1_000, 2));
        var ahead = Eight - begun.Values.Min();
        Assert.InRange(ahead.TotalMinutes, 75, 80);
        Assert.True(begun.Values.Max() < Eight);
    }

    [Fact]
    public void As_many_as_the_bucket_holds_are_not_woken_before_they_must() =>
        Assert.All(Play([.. Enumerable.Range(0, 400).Select(n => new Sleeper($"i-{n}", Eight))], WakeRate.Default).Values, at => Assert.InRange((Eight - at).TotalMinutes, 1, 4));

    [Fact]
    public void Every_sleeper_is_begun_once_and_so_that_the_bucket_has_started_it_by_its_time() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.ArrayOf(Gen.Choose(0, 120), 300).ToArbitrary(), Gen.Choose(1, 60).ToArbitrary(), (minutes, burst) =>
        {
            // Two a minute: 300 take hours.
            var rate = new WakeRate(burst, 2 / 60.0);
            List<Sleeper> all = [.. minutes.Select((minute, n) => new Sleeper($"i-{n:000}", Eight.AddMinutes(minute * 2)))];
            var begun = Play(all, rate);
            // What EC2's bucket makes of it: a start that finds no token waits for one.
            var (tokens, at) = (rate.Burst, DateTimeOffset.MinValue);
            var late = 0;
            foreach (var one in all.OrderBy(one => begun[one.InstanceId]).ThenBy(one => one.RunsAt))
            {
                var from = at > begun[one.InstanceId] ? at : begun[one.InstanceId];
                tokens = at == DateTimeOffset.MinValue ? rate.Burst : Math.Min(rate.Burst, tokens + ((from - at).TotalSeconds * rate.PerSecond));
                if (tokens < 1)
                {
                    from = from.AddSeconds((1 - tokens) / rate.PerSecond);
                    tokens = 1;
                }

                (tokens, at) = (tokens - 1, from);
                late += from > one.RunsAt ? 1 : 0;
            }

            return begun.Count == all.Count && late == 0;
        }));

    [Fact]
    public void A_wave_that_could_not_be_woken_again_is_refused_with_its_arithmetic()
    {
        Assert.Null(WakePacing.Refusal("night", "1/eu", 43_700, Eight.AddHours(-12), Eight, WakeRate.Default));
        var told = WakePacing.Refusal("night", "1/eu", 43_701, Eight.AddHours(-12), Eight, WakeRate.Default);
        Assert.Contains("43,701 VMs of 1/eu", told, StringComparison.Ordinal);
        Assert.Contains("500 of them at once and 1 a second, 43,700 in those 43,200 s", told, StringComparison.Ordinal);
    }

    private static Dictionary<string, DateTimeOffset> Play(List<Sleeper> sleepers, WakeRate rate)
    {
        Dictionary<string, DateTimeOffset> begun = new(StringComparer.Ordinal);
        for (var now = Eight.AddHours(-12); sleepers.Count > begun.Count && now < Eight.AddHours(12); now += Minute)
        {
            foreach (var one in WakePacing.Now([.. sleepers.Where(one => !begun.ContainsKey(one.InstanceId))], now, Minute, rate))
            {
                begun[one.InstanceId] = now;
            }
        }

        return begun;
    }
}
