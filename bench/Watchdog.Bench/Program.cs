using BenchmarkDotNet.Running;
using Watchdog.Bench;
using Watchdog.Bench.Admission;
using Watchdog.Bench.Alerts;
using Watchdog.Bench.Fleet;
using Watchdog.Bench.Pages;
using Watchdog.Bench.Plans;
using Watchdog.Bench.Quotas;
using Watchdog.Bench.Rates;
using Watchdog.Bench.Slo;
using Watchdog.Bench.Slope;
using Watchdog.Bench.Soak;
using Watchdog.Bench.Storm;
using Watchdog.Bench.Stream;
using Watchdog.Bench.Suites;
using Watchdog.Bench.Usual;
using Watchdog.Bench.Week;
using Watchdog.Bench.Week.Play;

return args switch
{
    [] => Listing.Print(),
    ["fleet", .. var rest] => await FleetCommand.RunAsync(rest),
    [FleetWorker.Name, .. var rest] => await FleetWorker.RunAsync(rest),
    ["slope", .. var rest] => await SlopeCommand.RunAsync(rest),
    ["soak", .. var rest] => await SoakCommand.RunAsync(rest),
    ["usual", .. var rest] => await UsualCommand.RunAsync(rest),
    ["rates", .. var rest] => await RatesCommand.RunAsync(rest),
    [RegionProcess.Name, .. var rest] => await RegionProcess.RunAsync(rest),
    ["suites", .. var rest] => await SuitesCommand.RunAsync(rest),
    ["week", .. var rest] => await WeekCommand.RunAsync(rest),
    [WeekLife.Name] => await WeekLife.RunAsync(),
    ["admission", .. var rest] => await AdmissionCommand.RunAsync(rest),
    ["slo", .. var rest] => await SloCommand.RunAsync(rest),
    ["stream", .. var rest] => await StreamCommand.RunAsync(rest),
    ["storm", .. var rest] => await StormCommand.RunAsync(rest),
    ["alerts", .. var rest] => await AlertsCommand.RunAsync(rest),
    ["pages", .. var rest] => await PagesCommand.RunAsync(rest),
    [BrowserProcess.Name, .. var rest] => await BrowserProcess.MainAsync(rest),
    ["plans", .. var rest] => await PlansCommand.RunAsync(rest),
    ["quotas", .. var rest] => await QuotaCommand.RunAsync(rest),
    ["detectors", .. var rest] => Listing.Suites(rest),
    _ => Listing.Unknown(args[0]),
};

internal static class Listing
{
    private const string Text = """
        scripts/bench fleet [--vms 150000] [--sweeps 3] [--rate-share 1] [--out bench/results/fleet.md]
            a whole pass over a simulated Region in its own process: seconds, memory, calls and dollars beside the goals
        scripts/bench slope [--vms 1000 10000 50000 150000]
            the same at several sizes in one run: table, plot, and whether a sweep grows faster than the fleet
        scripts/bench soak [--vms 50000] [--sweeps 50]
            the same worker for many sweeps: its memory every fifth sweep, and whether it grows
        scripts/bench usual [--vms 50000] [--sample 1500] [--latency 80]
            a sweep by one GetMetricStatistics a VM, three at once, and by the worker, against the same Region: their ratio
        scripts/bench rates [--vms 150000]
            datapoints and calls of GetMetricData second by second against AWS's quota, by the Region's own count
        scripts/bench suites [--iterations 9]
            reading AWS's pages, writing to Postgres, asking the uptime books: mean, allocation, per VM, by BenchmarkDotNet
        scripts/bench week [--vms 10000] [--hours 168] [--minutes 120] [--kills 10]
            a week of people in five time zones with idle stops enforced: who was stopped wrongly, and what of the idle hours was reclaimed;
            and whether a worker that is killed so often makes the same acts
        scripts/bench admission [--rate 1000] [--seconds 20]
            the answer whether an owner may start a VM, asked over loopback at a fixed rate: latencies beside the goal
        scripts/bench pages [--cases 10000] [--reviewers 50] [--seconds 30]
            people on the ops pages with many open cases while things change: server time beside the goal, bytes, how soon a change is heard
        scripts/bench plans [--vms 150000] [--open 10000] [--closed 200000] [--only NAME] [--plans FOLDER] [--data FOLDER]
            every page and read of the API over a large ledger: how Postgres carried out each statement behind it
        scripts/bench slo [--vms 150000] [--days 30]
            made-up uptime books of a whole fleet: their size, and how long people, burn rates and the books' writer wait for them
        scripts/bench stream [--vms 150000] [--out bench/results/stream.md]
            a metric stream of a simulated Region taken in: points a second, CPU, table, and what it costs against polling
        scripts/bench storm [--running 50000] [--booting 50000]
            so many VMs boot within ten minutes: coverage minute by minute, verdicts on them, memory, calls against the budget
        scripts/bench alerts [--findings 2000 20000 20000]
            so many findings within a minute, told to two receivers: pages, rows, bytes and memory before, during and after
        scripts/bench quotas
            a fleet's size against AWS's quotas and prices, up to a million VMs: arithmetic, a table and a plot
        scripts/bench detectors [--filter '*']
            the detectors and their features, by BenchmarkDotNet
        """;

    public static int Print()
    {
        Console.WriteLine(Text);
        return 0;
    }

    public static int Unknown(string word)
    {
        Console.Error.WriteLine($"There is no benchmark '{word}'.\n{Text}");
        return 2;
    }

    public static int Suites(string[] args)
    {
        BenchmarkSwitcher.FromTypes([typeof(DetectorsBenchmark), typeof(FeaturesBenchmark)]).Run(args.Length == 0 ? ["--filter", "*"] : args);
        return 0;
    }
}
