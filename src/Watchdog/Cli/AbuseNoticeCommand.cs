using System.CommandLine;
using System.Net;
using Watchdog.Cli.Abuse;
using Watchdog.Cli.Cases;
using Watchdog.Diagnostics;
using Watchdog.Inventory;
using Watchdog.Reports.Abuse;

namespace Watchdog.Cli;

/// <summary><c>watchdog abuse-notice</c>: which VM, whose, and which case a complaint about an address is about.</summary>
internal static class AbuseNoticeCommand
{
    /// <param name="input">Where a pasted notice comes from; null: standard input.</param>
    /// <param name="clock">What time it is; null: the fleet's.</param>
    public static Command Create(TextReader? input = null, TimeProvider? clock = null)
    {
        var ip = new Option<string?>("--ip") { Description = "The public address that the notice names, IPv4 or IPv6.", HelpName = "ADDRESS" };
        var port = new Option<int?>("--port") { Description = "A port that it names: connections of that port are shown.", HelpName = "N" };
        port.Within(1, ushort.MaxValue, $"1 to {ushort.MaxValue}");
        var at = new Option<string?>("--at") { Description = "When: an instant (2026-01-31T12:00Z, UTC where it names no zone), or how long ago (30m, 24h, 7d).", HelpName = "WHEN" };
        var stdin = new Option<bool>("--stdin") { Description = "Read the notice itself from standard input and take addresses, ports and instants from it; --at counts for all where it is given." };
        var json = GlobalOptions.Json();
        var command = new Command("abuse-notice", "Find VM, owner and case for a cloud abuse report, from the addresses stored at the time. Exit code 1 when no VM is found.") { ip, port, at, stdin, json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(stdin) ? result.GetValue(ip) is not null : result.GetValue(ip) is null || result.GetValue(at) is null)
            {
                result.AddError("Name the address and the instant (--ip ADDRESS --at WHEN), or give the notice itself (--stdin < mail.txt).");
            }
        });
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var now = (clock ?? services.GetRequiredService<Clocks>().Fleet).GetUtcNow();
            var when = SinceWhen.Read(parse.GetValue(at), now, "--at");
            if (when > now)
            {
                throw new UsageException($"--at ({Screen.At(when)}) lies in the future: it is {Screen.At(now)}.");
            }

            var notice = parse.GetValue(stdin) ? await ReadAsync(input ?? Console.In, when, ct) : Given(parse.GetValue(ip)!, parse.GetValue(port), when!.Value);
            var addresses = services.GetRequiredService<AddressRepository>();
            var lookup = new AbuseLookup(services.GetRequiredService<Npgsql.NpgsqlDataSource>(), addresses);
            List<AbuseAnswer> answers = [];
            foreach (var sighting in notice.Sightings.Where(sighting => sighting.At <= now))
            {
                answers.Add(await lookup.FindAsync(sighting, [.. notice.Addresses.Where(other => !other.Equals(sighting.Address))], ct));
            }

            var (running, unaddressed) = await addresses.RunningAsync(ct);
            var page = new AbusePage(notice, answers, running, unaddressed, now);
            await page.WriteAsync(parse.InvocationConfiguration.Output, parse.GetValue(json));
            return answers.Exists(answer => answer.Leads.Count > 0) ? ExitCodes.Ok : ExitCodes.NotHealthy;
        }, ct, services => services.AddSingleton<AddressRepository>()));
        return command;
    }

    private static Notice Given(string text, int? port, DateTimeOffset at)
    {
        // IPAddress takes "1" for 0.0.0.1; people do not.
        if (VmAddress.Normal(text) is not { } normal || (!text.Contains(':', StringComparison.Ordinal) && text.Count(c => c == '.') != 3))
        {
            throw new UsageException($"--ip takes an address such as 198.51.100.7 or 2001:db8::1, not '{Screen.Plain(text)}'.");
        }

        var address = IPAddress.Parse(normal);
        return new Notice([address], [new NamedSighting(address, port, at)], []);
    }

    private static async Task<Notice> ReadAsync(TextReader input, DateTimeOffset? at, CancellationToken ct)
    {
        // One more than is kept, so that the reader can say that something was left out.
        var buffer = new char[NoticeText.Longest + 1];
        var count = await input.ReadBlockAsync(buffer, ct);
        var notice = NoticeText.Read(new string(buffer, 0, count), at);
        return notice.Addresses.Count > 0 ? notice : throw new UsageException("No address was found on standard input: paste the notice, or name the address with --ip.");
    }
}
