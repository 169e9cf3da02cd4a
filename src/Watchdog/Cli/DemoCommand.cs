using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Watchdog.Alerts;
using Watchdog.Aws;
using Watchdog.Cli.Demo;
using Watchdog.Diagnostics;
using Watchdog.FleetSim;
using Watchdog.FleetSim.Fleet;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Http.Access.Sessions;
using Watchdog.Owners;
using Watchdog.Policy;
using Watchdog.Reports;
using Watchdog.Reports.Health;
using Watchdog.Slo;

namespace Watchdog.Cli;

/// <summary><c>watchdog demo</c>: a simulated Region, an empty database and the worker in one process, in scaled time.</summary>
internal static class DemoCommand
{
    // A year: what a fleet does longer than that, nobody scripted.
    private const int MostMinutes = 525_600;

    public static Command Create()
    {
        var vms = FleetOptions.Vms();
        var seed = FleetOptions.Seed();
        var speed = new Option<double>("--speed") { Description = "Simulated seconds a real second, 0.1 to 100000; a pace, never outrun the work.", HelpName = "N", DefaultValueFactory = _ => 60 };
        speed.Within(0.1, 100_000, "0.1 to 100000");
        var minutes = new Option<int?>("--minutes") { Description = $"Simulated minutes to play, 1 to {MostMinutes}; without it until Ctrl-C.", HelpName = "M" };
        minutes.Within(1, MostMinutes, $"1 to {MostMinutes}");
        var mode = new Option<PolicyMode>("--mode") { Description = "observe, propose or enforce.", DefaultValueFactory = _ => PolicyMode.Enforce };
        var idle = new Option<bool>("--idle") { Description = "Also stop VMs that nobody uses, as the mode allows." };
        var headless = new Option<bool>("--headless") { Description = "No live table, only the report." };
        var listen = new Option<string?>("--listen")
        {
            Description = "Show the ops pages and answer /metrics and the other resources of a worker on this address while it plays; with the live table any free port of the loopback.", HelpName = "ADDRESS:PORT",
        };
        var stay = new Option<bool>("--stay") { Description = "With --minutes: go on afterwards at the pace of a clock on the wall until Ctrl-C, to look at the pages; then report." };
        var json = GlobalOptions.Json();
        var command = new Command("demo", "Play hours of a simulated fleet in minutes, on an empty database, and report what was found against the truth.")
        {
            vms, seed, speed, minutes, mode, idle, headless, listen, stay, json,
        };
        command.SetAction((parse, ct) => CommandEdge.RunAsync(async () =>
        {
            var live = !parse.GetValue(headless) && !parse.GetValue(json) && !Console.IsOutputRedirected;
            var plan = new DemoPlan(parse.GetRequiredValue(vms), parse.GetRequiredValue(seed), parse.GetRequiredValue(speed), parse.GetValue(minutes), parse.GetRequiredValue(mode),
                parse.GetValue(listen) ?? (live || parse.GetValue(stay) ? "127.0.0.1:0" : null), parse.GetValue(idle), parse.GetValue(stay));
            using var folder = parse.GetValue(GlobalOptions.Data) is null ? new ScratchFolder() : null;
            var report = await PlayAsync(parse, plan, folder?.Path, live, ct);
            if (parse.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(report));
            }
            else
            {
                AnsiConsole.Write(DemoScreen.Of(report));
                foreach (var missed in report.Missed)
                {
                    AnsiConsole.WriteLine($"not detected: {missed}");
                }

                foreach (var wrong in report.WronglyActedOn)
                {
                    AnsiConsole.WriteLine($"wrongly acted on: {wrong}");
                }

                if (plan.Idle)
                {
                    AnsiConsole.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{report.WarnedIdle} warnings of idle stops were given, {report.CalledOffIdle} called off; {report.StoppedIdle} VMs that nobody used were stopped."));
                }

                foreach (var unwarned in report.StoppedUnwarned)
                {
                    AnsiConsole.WriteLine($"stopped before its warning's time: {unwarned}");
                }

                foreach (var used in report.StoppedInUse)
                {
                    AnsiConsole.WriteLine($"stopped in use: {used}");
                }

                AnsiConsole.WriteLine(report.Healthy ? "The run was healthy." : "The run was not healthy.");
            }

            return report.Healthy ? ExitCodes.Ok : ExitCodes.NotHealthy;
        }, ct));
        return command;
    }

    // The one-time link of an admin: a demo is its user's own.
    private static async Task SayWhereAsync(IServiceProvider services, CancellationToken ct)
    {
        if (services.GetRequiredService<HttpListening>().Address is { } address)
        {
            var secret = await services.GetRequiredService<SessionBook>().MakeLinkAsync("demo", Role.Admin, TimeSpan.FromDays(1), "demo", ct);
            await Console.Error.WriteLineAsync($"The ops pages, by a link that signs in once: {new Uri(address, SignInEndpoints.LinkFor(secret))}");
        }
    }

    private static async Task<DemoReport> PlayAsync(ParseResult parse, DemoPlan plan, string? folder, bool live, CancellationToken ct)
    {
        var fleet = new FleetPlanOptions { Vms = plan.Vms, Seed = plan.Seed };
        var clock = new SteppedTime(fleet.Epoch);
        // The buckets of a simulated AWS refill by fleet time; a clock that waits for its work would wait for them for ever.
        await using var region = await SimulatedRegion.StartAsync(
            new SimulatedRegionOptions { Seed = plan.Seed, RealTokenBuckets = false }, FleetPlan.Generate(fleet), clock, ct);
        var builder = CliHost.Create(parse, plan.Settings(folder), quiet: LogLevel.Error);
        builder.Services.AddSingleton(new Clocks(clock, TimeProvider.System));
        builder.Services.AddWorker(builder.Configuration, new SimulatedEndpoint(region.Endpoint, Rates: null)).AddHttp().AddPages().AddHealth().AddSloGauges().AddOwners().AddIncidents();
        using var host = builder.Build();
        await using var services = (IAsyncDisposable)host;
        await SchemaGate.PassAsync(host.Services, ct);
        await host.StartAsync(ct);
        await SayWhereAsync(host.Services, ct);
        try
        {
            var run = new DemoRun(plan, host.Services, clock, region);
            if (!live)
            {
                return await run.RunAsync((_, _) => Task.CompletedTask, ct);
            }

            DemoReport? report = null;
            await AnsiConsole.Live(new Text("Starting …")).AutoClear(true).StartAsync(async screen =>
                report = await run.RunAsync(async (shown, cancel) => screen.UpdateTarget(await DemoScreen.DrawAsync(shown, plan, cancel)), ct));
            return report!;
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }
}
