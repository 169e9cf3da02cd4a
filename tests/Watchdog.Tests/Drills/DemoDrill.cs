using System.Globalization;
using System.Text.Json;
using Xunit.Abstractions;

namespace Watchdog.Tests.Drills;

/// <summary>Three simulated hours of 2,000 VMs, for one seed in a quick run and for twenty otherwise.</summary>
public sealed class DemoDrill(ITestOutputHelper output)
{
    private static readonly string[] Guilty = ["miner", "forkbomb", "runaway", "panic"];

    public static TheoryData<string> Seeds => Quick.Is ? ["1"] : [.. Enumerable.Range(1, 20).Select(seed => seed.ToString(CultureInfo.InvariantCulture))];

    [Theory]
    [MemberData(nameof(Seeds))]
    [Trait("Category", "Drill")]
    public async Task Every_abuser_is_contained_or_proposed_and_nobody_benign_is_touched(string seed)
    {
        await using var demo = BuiltProgram.Start(
            ["demo", "--headless", "--json", "--vms", "2000", "--minutes", "180", "--speed", "1200", "--seed", seed]);
        var ended = (await demo.EndAsync(TimeSpan.FromMinutes(10))).With(0);

        using var document = JsonDocument.Parse(ended.Output);
        var report = document.RootElement;
        output.WriteLine($"seed {seed}: {report.GetProperty("seconds").GetDouble():F0} s of wall time\n{ended.Output}");
        Assert.True(report.GetProperty("healthy").GetBoolean(), ended.Told);
        Assert.Equal(0, report.GetProperty("benign_acted_on").GetInt32());
        foreach (var row in report.GetProperty("classes").EnumerateArray().Where(row => Guilty.Contains(row.GetProperty("class").GetString())))
        {
            Assert.True(row.GetProperty("plain_injected").GetInt32() > 0, ended.Told);
            Assert.True(row.GetProperty("plain_injected").GetInt32() == row.GetProperty("plain_detected").GetInt32(), ended.Told);
            // Contained, or proposed to a person where it killed the agent that could have proven it: nobody falls between, the ones that
            // hide (throttled, duty-cycled, renamed, under a load) included.
            Assert.True(row.GetProperty("injected").GetInt32() == row.GetProperty("contained").GetInt32() + row.GetProperty("proposed").GetInt32(), ended.Told);
        }
    }
}
