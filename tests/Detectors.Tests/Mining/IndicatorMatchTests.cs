using Watchdog.Detectors.Mining;

namespace Watchdog.Detectors.Tests.Mining;

public class IndicatorMatchTests
{
    private static readonly string Wallet = "4" + new string('A', 94);

    [Theory]
    [InlineData("/home/u/xmrig")]
    [InlineData("/tmp/.x/XMRig")]
    [InlineData("/usr/bin/cpuminer-sse2")]
    [InlineData("/opt/xmrig-notls")]
    [InlineData("/var/tmp/kdevtmpfsi (deleted)")]
    public void A_miners_executable_is_known(string exe) => Assert.NotNull(IndicatorMatch.Name(Guests.Process(exe, ""), Given.Indicators));

    [Theory]
    [InlineData("/usr/bin/vim", "vim xmrig.c")]
    [InlineData("/usr/bin/node", "node server.js")]
    [InlineData("/home/u/bin/determiner", "determiner")]
    [InlineData("/home/u/minerda", "minerda")]
    [InlineData("/home/u/xmrigger", "xmrigger")]
    public void Names_that_only_contain_one_are_not(string exe, string args) => Assert.Null(IndicatorMatch.Name(Guests.Process(exe, args), Given.Indicators));

    [Theory]
    [InlineData("/home/u/job", "job -o stratum+ssl://xmr.example.org:443 -u x")]
    [InlineData("/home/u/job", "job --donate-level=1")]
    [InlineData("/home/u/job", "job -a rx/0 -t 4")]
    [InlineData("/tmp/git", "git -o stratum+tcp://a:1")]
    public void Arguments_that_only_miners_take_are_known(string exe, string args) => Assert.True(IndicatorMatch.Arguments(Guests.Process(exe, args), Given.Indicators));

    [Theory]
    [InlineData("/home/u/.local/bin/rg")]
    [InlineData("/home/u/bash")]
    [InlineData("/var/tmp/grep")]
    public void A_miner_that_bears_a_text_tools_name_outside_the_systems_folders_is_known_by_its_arguments(string exe)
    {
        Assert.True(IndicatorMatch.Arguments(Guests.Process(exe, "rg -o stratum+tcp://a:1 --donate-level 1"), Given.Indicators));
        // A user's own copy of the tool at its short work is none.
        Assert.Equal(exe.StartsWith("/var/tmp/", StringComparison.Ordinal),
            IndicatorMatch.Arguments(Guests.Process(exe, "rg stratum+tcp:// src", cores: 1, hours: 0.05), Given.Indicators));
    }

    [Theory]
    [InlineData("/usr/bin/python3.12", "python3 pool.py -c stratum+tcp://a:1")]
    [InlineData("/tmp/python3", "python3 -c stratum+tcp://a:1")]
    [InlineData("/usr/bin/perl", "perl --donate-level 1 -e")]
    public void An_interpreter_that_runs_a_file_is_judged_by_its_arguments(string exe, string args)
        => Assert.True(IndicatorMatch.Arguments(Guests.Process(exe, args), Given.Indicators));

    [Fact]
    public void A_monero_address_is_known_as_a_word_of_its_own()
    {
        Assert.True(IndicatorMatch.Arguments(Guests.Process("/home/u/job", "job -u " + Wallet), Given.Indicators));
        Assert.False(IndicatorMatch.Arguments(Guests.Process("/home/u/job", "job -u " + Wallet + "A"), Given.Indicators));
        Assert.False(IndicatorMatch.Arguments(Guests.Process("/home/u/job", "job -u 4" + new string('0', 94)), Given.Indicators));
    }

    [Theory]
    [InlineData("/usr/bin/grep", "grep -r xmrig --donate-level src")]
    [InlineData("/usr/bin/git", "git clone https://github.com/xmrig/xmrig")]
    [InlineData("/usr/bin/vim", "vim stratum+tcp://notes.txt")]
    [InlineData("/usr/bin/make", "make -j8 package/feeds/xmrig/compile V=s")]
    [InlineData("/usr/bin/cc1plus", "cc1plus -o RandomX.o cryptonight.cpp")]
    [InlineData("/bin/bash", "bash -c 'echo stratum+tcp://x'")]
    [InlineData("/usr/bin/yes", "yes xmrig --donate-level 1")]
    [InlineData("/usr/bin/echo", "echo stratum+tcp://pool.supportxmr.com:3333")]
    [InlineData("/usr/bin/printf", "printf xmrig --donate-level 1 -a rx/0")]
    [InlineData("/usr/bin/sleep", "sleep 100 --donate-level")]
    [InlineData("/usr/bin/busybox", "echo xmrig --donate-level 1")]
    [InlineData("/usr/bin/timeout", "timeout 60 grep -r stratum+tcp:// .")]
    [InlineData("/usr/bin/python3.12", "python3 -c print('xmrig --donate-level 1 -o stratum+tcp://a:1')")]
    [InlineData("/usr/bin/python3.12", "python3 -uc print('stratum+tcp://')")]
    [InlineData("/usr/bin/perl", "perl -e print 'stratum+tcp://'")]
    [InlineData("/usr/bin/node", "node -e console.log('--donate-level')")]
    [InlineData("/usr/bin/python3.12", "python3 -m http.server lecture-cryptonight.html")]
    [InlineData("/usr/bin/python3.12", "python3 courses/kawpow/homework.py")]
    public void Who_greps_edits_builds_or_studies_a_miner_is_none(string exe, string args)
    {
        var process = Guests.Process(exe, args);
        Assert.False(IndicatorMatch.Arguments(process, Given.Indicators));
        Assert.False(IndicatorMatch.Strong(process, Given.Indicators));
    }

    [Theory]
    [InlineData("pool.supportxmr.com", true)]
    [InlineData("SUPPORTXMR.COM.", true)]
    [InlineData("notsupportxmr.com", false)]
    [InlineData("supportxmr.com.example.org", false)]
    [InlineData("10.0.0.5", false)]
    [InlineData("", false)]
    public void Pools_match_on_label_boundaries(string peer, bool pool) => Assert.Equal(pool, IndicatorMatch.Pool(peer, Given.Indicators));

    [Fact]
    public void Guest_text_is_made_safe_to_print()
        => Assert.Equal("a?b?c", Told.Of("a\u001bb\u202ec"));
}
