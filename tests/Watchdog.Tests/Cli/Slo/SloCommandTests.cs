using Watchdog.Cli;
using Watchdog.Slo.Minutes;
using Watchdog.Testing;
using Watchdog.Tests.Slo.Reading;

namespace Watchdog.Tests.Cli.Slo;

public sealed class SloCommandTests
{
    [Fact]
    public async Task A_month_is_told_objective_by_objective_with_the_worst_first()
    {
        await using var books = await MadeAsync();
        var json = (await CliRun.OnAsync(books.Database, "slo", "--month", "2026-11", "--json")).Json;

        var rows = json.GetProperty("objectives").EnumerateArray().ToList();
        Assert.Equal(["vm/fleet", "region/south", "region/north", "fleet/fleet"], rows.Select(row => $"{row.GetProperty("objective").GetString()}/{row.GetProperty("group").GetString()}"));
        var south = rows[1];
        Assert.Equal(("breached", 0.9, -199.0), (south.GetProperty("verdict").GetString(), south.GetProperty("sli").GetDouble(), Math.Round(south.GetProperty("budget").GetProperty("left_ratio").GetDouble(), 6)));
        Assert.Equal(50, south.GetProperty("causes").GetProperty("provider").GetInt64());
        var north = rows[2];
        Assert.Equal(("undetermined", 1.0, 0.9), (north.GetProperty("verdict").GetString(), north.GetProperty("sli").GetDouble(), north.GetProperty("pessimistic").GetDouble()));
        Assert.Equal((1, 2, 0), (
            rows[0].GetProperty("attainment").GetProperty("kept").GetInt32(), rows[0].GetProperty("attainment").GetProperty("counted").GetInt32(),
            rows[0].GetProperty("attainment").GetProperty("left_out").GetInt32()));
        Assert.Equal(1 - (50.0 / (2 * 43_200)), rows[0].GetProperty("provider_comparable").GetDouble(), 9);
        Assert.Equal("2026-11-01T00:00:00+00:00", south.GetProperty("worst_hour").GetProperty("at").GetString());
    }

    [Fact]
    public async Task The_page_names_verdicts_budgets_and_what_the_unknown_could_do()
    {
        await using var books = await MadeAsync();

        var run = await CliRun.OnAsync(books.Database, "slo", "--month", "2026-11");

        Assert.Equal((ExitCodes.Ok, ""), (run.Exit, run.Error));
        Assert.Contains("Uptime in 2026-11, 2026-11-01 00:00Z to 2026-11-01 11:50Z (so far)", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"south\s+90\.000 %\s+the same\s+100\.00 %\s+BREACHED\s+░+ 199 x over", run.Output);
        Assert.Matches(@"north\s+100\.000 %\s+90\.000 \.\. 100\.000 %\s+90\.00 %\s+undetermined\s+█+\s+100 %", run.Output);
        Assert.Contains("bad VM-minutes by cause: provider 50", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"bad\s+.*highest", run.Output);
    }

    [Fact]
    public async Task Owners_are_held_against_what_is_promised_to_each_vm()
    {
        await using var books = await MadeAsync();
        var rows = (await CliRun.OnAsync(books.Database, "slo", "--by", "owner", "--month", "2026-11", "--json")).Json.GetProperty("objectives").EnumerateArray().ToList();
        Assert.Equal(["bob", "ann"], rows.Select(row => row.GetProperty("group").GetString()));
        Assert.All(rows, row => Assert.Equal(0.995m, row.GetProperty("target").GetDecimal()));
        Assert.Equal("breached", rows[0].GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task One_vm_has_its_intervals_and_its_figure_beside_the_providers()
    {
        await using var books = await MadeAsync();
        var json = (await CliRun.OnAsync(books.Database, "slo", "--vm", "i-2", "--month", "2026-11", "--json")).Json;
        Assert.Equal(("breached", "bob"), (json.GetProperty("verdict").GetString(), json.GetProperty("groups").GetProperty("owner").GetString()));
        Assert.Equal(["good", "bad"], json.GetProperty("intervals").EnumerateArray().Select(one => one.GetProperty("class").GetString()));
        Assert.Equal(1 - (40.0 / 43_200), json.GetProperty("provider_comparable").GetDouble(), 9);

        var text = await CliRun.OnAsync(books.Database, "slo", "--vm", "i-2");
        Assert.Matches(@"99\.5 %\s+91\.836 %", text.Output);
        Assert.Contains("of bob, m5.large in south", text.Output, StringComparison.Ordinal);
        Assert.Matches(@"40 min\s+bad\s+provider, still", text.Output);
    }

    [Fact]
    public async Task A_month_without_data_says_so()
    {
        await using var books = await MadeAsync();
        var run = await CliRun.OnAsync(books.Database, "slo", "--month", "2025-01");
        Assert.Equal(ExitCodes.Ok, run.Exit);
        Assert.Contains("The books hold no minute of 2025-01: they begin 2026-10-31 00:00Z and are written up to 2026-11-01 11:50Z.", run.Output, StringComparison.Ordinal);
        Assert.Contains("no minute of 2027-01", (await CliRun.OnAsync(books.Database, "slo", "--month", "2027-01")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await CliRun.OnAsync(books.Database, "slo", "--month", "2025-01", "--json")).Json.GetProperty("objectives").GetArrayLength());
    }

    [Theory]
    [InlineData("--month does not understand 'November': write year and month, e.g. 2026-11.", "slo", "--month", "November")]
    [InlineData("--month does not understand '2026-13'", "slo", "--month", "2026-13")]
    [InlineData("The uptime books know no VM 'i-9'.", "slo", "--vm", "i-9")]
    [InlineData("The uptime books know no VM 'i-9'.", "slo", "explain", "i-9")]
    [InlineData("--from does not understand 'noon'", "slo", "explain", "i-2", "--from", "noon")]
    [InlineData("must lie before --to", "slo", "explain", "i-2", "--from", "1h", "--to", "2h")]
    [InlineData("are more than 62 days", "slo", "explain", "i-2", "--from", "99d")]
    public async Task Wrong_input_is_told_with_the_mend(string says, params string[] words)
    {
        await using var books = await MadeAsync();
        var run = await CliRun.OnAsync(books.Database, words);
        Assert.Equal(ExitCodes.Usage, run.Exit);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void One_vm_has_no_groups() => Assert.Equal(
        ["--vm is about one VM, --by about groups: name one of them."],
        CommandLine.Create().Parse(["slo", "--vm", "i-1", "--by", "region"]).Errors.Select(error => error.Message));

    [Fact]
    public async Task Without_books_it_says_who_writes_them()
    {
        await using var database = await TestDatabase.CreateAsync();
        var run = await CliRun.OnAsync(database, "slo");
        Assert.Equal(ExitCodes.Unavailable, run.Exit);
        Assert.Contains("no worker has written them yet", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interval_is_explained_by_the_facts_and_a_difference_is_told_loudly()
    {
        await using var books = await MadeAsync();
        await books.Database.ExecuteAsync(
            "insert into vm_transition (instance_id, scope, at, observed_at, to_state) select 'i-2', id, $1, $1, 'running' from scope where region = 'south'", Minute.At(HandMadeBooks.T - 60));
        await books.Database.ExecuteAsync(
            "insert into vm_membership (instance_id, scope, at, owner, instance_type) select 'i-2', id, $1, 'bob', 'm5.large' from scope where region = 'south'", Minute.At(HandMadeBooks.T - 60));
        await books.Database.ExecuteAsync(
            "insert into scope_coverage (scope, kind, from_at, to_at, seen) select id, k, $1, $2, true from scope, (values ('inventory'), ('status')) v(k) where region = 'south'",
            Minute.At(HandMadeBooks.T - 60), Minute.At(HandMadeBooks.T + 720));
        await books.Database.ExecuteAsync(
            """
            insert into slo_amendment (at, month, vm, from_min, to_min, was, became, reason)
            select $1, '2026-11-01', id, $2, $2 + 10, 52, 14, 'case 7 was ruled false_positive' from slo_vm where instance_id = 'i-2'
            """, Minute.At(HandMadeBooks.T + 700), HandMadeBooks.T);

        var json = (await CliRun.OnAsync(books.Database, "slo", "explain", "i-2", "--from", "1d", "--json")).Json;
        var text = await CliRun.OnAsync(books.Database, "slo", "explain", "i-2", "--from", "1d");

        var intervals = json.GetProperty("intervals").EnumerateArray().ToList();
        var agreed = intervals.First(one => !one.GetProperty("differs").GetBoolean());
        Assert.Equal("ok", agreed.GetProperty("cause").GetString());
        Assert.Contains("running 2026-10-31 23:00:00Z", agreed.GetProperty("evidence")[0].GetProperty("sentence").GetString(), StringComparison.Ordinal);
        var other = intervals.Single(one => one.GetProperty("cause").GetString() == "provider");
        Assert.True(other.GetProperty("differs").GetBoolean());
        Assert.Equal("ok", other.GetProperty("judged_cause").GetString());
        Assert.Equal("case 7 was ruled false_positive", json.GetProperty("amendments")[0].GetProperty("reason").GetString());
        Assert.Contains("THE BOOKS DIFFER FROM THE FACTS", text.Output, StringComparison.Ordinal);
        Assert.Contains("DIFFERS: the books say bad (provider), the facts say good (ok)", text.Output, StringComparison.Ordinal);
        Assert.Contains("was unknown (watchdog_unruled_yet), became bad (watchdog_false_positive): case 7 was ruled false_positive", text.Output, StringComparison.Ordinal);
    }

    // In the first hours of November: north 500 minutes, 50 of them unknown; south 500, 50 of them bad. Both are written until 11:50 at least.
    private static async Task<HandMadeBooks> MadeAsync()
    {
        var books = await HandMadeBooks.OpenAsync();
        await books.Database.ExecuteAsync("update slo_scope set bucket_min = $1", HandMadeBooks.T + 710);
        foreach (var (dimension, north, south) in new[] { ("region", "north", "south"), ("fleet", "fleet", "fleet") })
        {
            var at = 0;
            foreach (var (name, cause, minutes) in new[] { (north, Cause.Ok, 450), (north, Cause.WatchdogBlind, 50), (south, Cause.Ok, 450), (south, Cause.Provider, 50) })
            {
                await books.BucketAsync(dimension, name, 5 * at++ % 20, cause, minutes);
            }
        }

        var (ann, bob) = (await books.GroupAsync("north", "ann"), await books.GroupAsync("south", "bob"));
        var (one, two) = (await books.VmAsync("i-1"), await books.VmAsync("i-2"));
        await books.Database.ExecuteAsync("update slo_vm set scope = (select id from scope where region = 'south') where id = $1", two);
        await books.IntervalAsync(one, 0, 450, ann, Cause.Ok);
        await books.IntervalAsync(one, 450, 500, ann, Cause.WatchdogBlind);
        await books.IntervalAsync(two, 220, 670, bob, Cause.Ok);
        await books.IntervalAsync(two, 670, null, bob, Cause.Provider);
        return books;
    }
}
