using System.Globalization;
using System.Net;
using System.Text;
using Watchdog.Intake;
using Watchdog.Telemetry;
using Watchdog.Telemetry.Streaming;
using Watchdog.Tests.Aws;
using Spans = Watchdog.Telemetry.Windows;
using static Watchdog.Tests.Intake.StreamWorker;

namespace Watchdog.Tests.Intake;

public sealed class MetricStreamEndpointTests
{
    private static readonly float[] Both = [40, 55.5f];
    private static readonly float[] Middle = [40, float.NaN, 60];
    private static readonly DateTimeOffset Period = StreamWorld.Start.AddMinutes(-30);

    [Fact]
    public async Task A_delivery_is_acknowledged_with_its_id_once_it_is_stored()
    {
        await using var world = await StreamWorld.CreateAsync(SimulatedAws.Vms(2));
        var worker = await world.WorkAsync();

        var (status, answer) = await worker.SendAsync(BodyOf(Line(0, 40) + "\n" + Line(1, 55.5) + "\n"));

        Assert.Equal((200, "id-1"), (status, answer.GetProperty("requestId").GetString()));
        Assert.True(answer.GetProperty("timestamp").GetInt64() > 1_700_000_000_000);
        Assert.False(answer.TryGetProperty("errorMessage", out _));
        Assert.Equal(Both, await PointsAsync(world, worker));
    }

    [Fact]
    public async Task A_packed_delivery_is_the_same()
    {
        await using var world = await StreamWorld.CreateAsync(SimulatedAws.Vms(2));
        var worker = await world.WorkAsync();
        Assert.Equal(200, (await worker.SendAsync(Gzip(BodyOf(Line(0, 40), Line(1, 55.5))), encoding: "gzip")).Status);
        Assert.Equal(Both, await PointsAsync(world, worker));
    }

    [Fact]
    public async Task Only_a_key_in_force_opens_and_two_are_while_they_rotate()
    {
        const string next = "the-next-key-of-30-characters-";
        await using var world = await StreamWorld.CreateAsync(SimulatedAws.Vms(1));
        var worker = await world.WorkAsync(("Telemetry:Stream:AccessKey", $"{StreamWorld.Key} {next}"));
        var body = BodyOf(Line(0, 40));

        Assert.Equal(401, (await worker.SendAsync(body, key: null)).Status);
        var (status, answer) = await worker.SendAsync(body, key: StreamWorld.Key + "x");
        Assert.Equal((403, "id-1"), (status, answer.GetProperty("requestId").GetString()));
        Assert.DoesNotContain(StreamWorld.Key, answer.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await world.Database.ScalarAsync<long>("select count(*) from metric_window"));
        Assert.Equal(200, (await worker.SendAsync(body)).Status);
        Assert.Equal(200, (await worker.SendAsync(body, key: next)).Status);
    }

    [Fact]
    public async Task The_endpoint_is_there_only_where_a_stream_is_enabled_and_has_a_key()
    {
        await using var world = await StreamWorld.CreateAsync(SimulatedAws.Vms(1));
        foreach (var off in new[] { ("Telemetry:Stream:Enabled", "false"), ("Telemetry:Stream:AccessKey", "") })
        {
            var worker = await world.WorkAsync(off);
            using var answer = await worker.Client.PostAsync(worker.Endpoint, new ByteArrayContent(BodyOf(Line(0, 40))));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("2.0", "id-1", 400)]
    [InlineData("", "id-1", 400)]
    [InlineData("1.0", "id-2", 400)]
    [InlineData("1.0", "with spaces", 400)]
    public async Task Another_protocol_version_or_another_id_than_the_bodys_is_refused(string version, string id, int wanted)
    {
        await using var world = await StreamWorld.CreateAsync(SimulatedAws.Vms(1));
        var worker = await world.WorkAsync();
        var (status, answer) = await worker.SendAsync(BodyOf(Line(0, 40)), version: version, id: id);
        Assert.Equal(wanted, status);
        Assert.NotEmpty(answer.GetProperty("errorMessage").GetString()!);
    }

    [Fact]
    public async Task What_is_no_delivery_is_refused()
    {
        await using var world = await StreamWorld.CreateAsync(SimulatedAws.Vms(1));
        var worker = await world.WorkAsync();
        var body = BodyOf(Line(0, 40));
        var packed = Gzip(BodyOf([.. Enumerable.Range(0, 400).Select(i => Line(0, i % 100))]));
        foreach (var wrong in new[] { "", "[]", "{", "{}", "null", "{\"requestId\":\"id-1\",\"records\":{}}", "{\"requestId\":7}", "{\"records\":[]}", Encoding.UTF8.GetString(body) + "x" })
        {
            Assert.Equal(400, (await worker.SendAsync(Encoding.UTF8.GetBytes(wrong))).Status);
        }

        Assert.Equal(400, (await worker.SendAsync(body.AsMemory(0, body.Length / 2))).Status);
        Assert.Equal(400, (await worker.SendAsync(packed.AsMemory(0, packed.Length / 2), encoding: "gzip")).Status);
        Assert.Equal(400, (await worker.SendAsync(body, encoding: "gzip")).Status);
        Assert.Equal(415, (await worker.SendAsync(body, encoding: "br")).Status);
        Assert.Equal(0, await world.Database.ScalarAsync<long>("select count(*) from metric_window"));
    }

    [Fact]
    public async Task A_bomb_is_refused_before_it_unfolds_and_so_is_a_body_that_is_too_long()
    {
        await using var world = await StreamWorld.CreateAsync(SimulatedAws.Vms(1));
        var worker = await world.WorkAsync();
        var bomb = Gzip(new byte[64 * 1024 * 1024]);
        Assert.InRange(bomb.Length, 1, 1024 * 1024);
        var (status, answer) = await worker.SendAsync(bomb, encoding: "gzip");
        Assert.Equal(413, status);
        Assert.Contains("16 MiB", answer.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
        // The listener may answer and close while a body that is too long is still being sent: both refuse it.
        try
        {
            Assert.Equal(413, (await worker.SendAsync(new byte[BoundedBody.MaxBytes + 1])).Status);
        }
        catch (HttpRequestException closed)
        {
            Assert.IsAssignableFrom<IOException>(closed.InnerException);
        }

        Assert.Equal(200, (await worker.SendAsync(BodyOf(Line(0, 40)))).Status);
    }

    [Fact]
    public async Task Other_endpoints_keep_the_listeners_own_limit()
    {
        await using var world = await StreamWorld.CreateAsync(SimulatedAws.Vms(1));
        var worker = await world.WorkAsync();
        var long17 = BodyOf(new string(' ', 17 * 1024) + "\n" + Line(0, 40));
        Assert.Equal(200, (await worker.SendAsync(long17)).Status);
    }

    [Fact]
    public async Task One_bad_record_costs_only_itself()
    {
        await using var world = await StreamWorld.CreateAsync(SimulatedAws.Vms(3));
        var worker = await world.WorkAsync();
        var text = Encoding.UTF8.GetString(BodyOf(
            Line(0, 40) + "\nno json\n{\"a\":1}\n[]\n" + Line(1, 50).Replace("\"count\":5", "\"count\":0", StringComparison.Ordinal),
            Line(2, 60)));
        // The solidus may be escaped in JSON: it is base64 all the same.
        text = text.Replace("\"records\":[", "\"other\":{\"a\":[1]},\"records\":[{\"data\":\"%%%\"},{\"data\":7},{\"data\":null},{\"other\":{}},", StringComparison.Ordinal).Replace("/", "\\/", StringComparison.Ordinal);

        Assert.Equal(200, (await worker.SendAsync(Encoding.UTF8.GetBytes(text))).Status);

        Assert.Equal(Middle, await PointsAsync(world, worker));
    }

    [Fact]
    public async Task What_is_not_of_a_watched_vm_is_counted_and_skipped()
    {
        var batch = new StreamBatch(new ScopeNames([SimulatedAws.Here, new(2, "222233334444/eu-west-1", "eu-west-1", null)]), [Metric.CPUUtilization], StreamWorld.Start);
        foreach (var (line, wanted) in new (string, StreamOutcome?)[]
        {
            (Line(0, 40), null),
            (Line(0, 40), StreamOutcome.Known),
            (Line(1, 40).Replace("us-east-1", "ap-south-1", StringComparison.Ordinal), StreamOutcome.WrongScope),
            (Line(1, 40).Replace("us-east-1", "eu-west-1", StringComparison.Ordinal), StreamOutcome.WrongScope),
            (Line(2, 40).Replace("us-east-1", "eu-west-1", StringComparison.Ordinal).Replace("111122223333", "222233334444", StringComparison.Ordinal), null),
            (Line(1, 40).Replace("AWS/EC2", "AWS/RDS", StringComparison.Ordinal), StreamOutcome.NotAsked),
            (Line(1, 40).Replace("CPUUtilization", "NetworkIn", StringComparison.Ordinal), StreamOutcome.NotAsked),
            (Line(1, 40).Replace("InstanceId", "InstanceType", StringComparison.Ordinal), StreamOutcome.NotAsked),
            (Line(1, 101), StreamOutcome.Malformed),
            (Line(1, -1), StreamOutcome.Malformed),
            (Line(1, 40, Period.AddHours(-5)), StreamOutcome.TooOld),
            (Line(1, 40, StreamWorld.Start.AddMinutes(5)), StreamOutcome.Future),
            ("{\"dimensions\":[],\"value\":3}", StreamOutcome.Malformed),
            (Line(1, 40)[..^1], StreamOutcome.Malformed),
        })
        {
            var before = Enum.GetValues<StreamOutcome>().Select(batch.Of).ToArray();
            batch.Add(Encoding.UTF8.GetBytes(line));
            var grown = Enum.GetValues<StreamOutcome>().Where(outcome => batch.Of(outcome) > before[(int)outcome]).ToArray();
            Assert.Equal(wanted is { } outcome ? [outcome] : [], grown);
        }

        Assert.Equal(2, batch.Windows.Count);

        await using var world = await StreamWorld.CreateAsync(SimulatedAws.Vms(2));
        var worker = await world.WorkAsync();
        await world.Database.ExecuteAsync("update vm set scope = 2 where instance_id = $1", SimulatedAws.Id(1));
        Assert.Equal(200, (await worker.SendAsync(BodyOf(Line(0, 40), Line(1, 50), Line(77, 60)))).Status);
        Assert.Equal(SimulatedAws.Id(0), await world.Database.ScalarAsync<string>("select string_agg(instance_id, ' ') from metric_window"));
    }

    [Fact]
    public async Task The_same_delivery_again_changes_nothing_and_is_acknowledged()
    {
        await using var world = await StreamWorld.CreateAsync(SimulatedAws.Vms(2));
        var worker = await world.WorkAsync();
        var body = BodyOf(Line(0, 40), Line(1, 50));
        await worker.SendAsync(body);
        var row = await world.Database.ScalarAsync<string>("select string_agg(xmin::text || ctid::text, ' ') from metric_window");
        Assert.Equal(200, (await worker.SendAsync(body)).Status);
        Assert.Equal(row, await world.Database.ScalarAsync<string>("select string_agg(xmin::text || ctid::text, ' ') from metric_window"));
    }

    [Fact]
    public async Task More_deliveries_than_are_taken_in_at_once_are_sent_away_to_come_again()
    {
        await using var world = await StreamWorld.CreateAsync(SimulatedAws.Vms(4));
        var worker = await world.WorkAsync();
        await using var holder = await world.Database.Source.OpenConnectionAsync();
        await using (var begin = new Npgsql.NpgsqlCommand("begin; lock table metric_window in access exclusive mode", holder))
        {
            await begin.ExecuteNonQueryAsync();
        }

        // The table is locked: whoever found a place waits, and the first answer is that of the one who found none.
        var sent = Enumerable.Range(0, MetricStreamEndpoint.AtOnce + 1).Select(i => worker.SendAsync(BodyOf($"sent-{i}", [Line(i, 40)]), id: $"sent-{i}")).ToList();
        var turnedAway = await Task.WhenAny(sent);
        Assert.Equal(503, (await turnedAway).Status);
        await using (var end = new Npgsql.NpgsqlCommand("rollback", holder))
        {
            await end.ExecuteNonQueryAsync();
        }

        var again = sent.IndexOf(turnedAway);
        sent.RemoveAt(again);
        Assert.All(await Task.WhenAll(sent), answer => Assert.Equal(200, answer.Status));
        Assert.Equal(200, (await worker.SendAsync(BodyOf("again", [Line(again, 40)]), id: "again")).Status);
        Assert.Equal(MetricStreamEndpoint.AtOnce + 1, await world.Database.ScalarAsync<long>("select count(*) from metric_window"));
    }

    private static async Task<float[]> PointsAsync(StreamWorld world, StreamWorker worker)
    {
        var span = Spans.Trailing(world.Now, Spans.Screen);
        using var batch = new MetricBatch(world.Ids, Metric.CPUUtilization, span.Start, span.PeriodSeconds, span.Points);
        await worker.Get<WindowTable>().ReadAsync(batch, 0, default);
        return [.. Enumerable.Range(0, world.Ids.Length).Select(row => batch.Row(row)[(int)((Period - span.Start).TotalSeconds / span.PeriodSeconds)])];
    }

    private static string Line(int vm, double percent, DateTimeOffset? at = null) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"metric_stream_name":"s","account_id":"111122223333","region":"us-east-1","namespace":"AWS/EC2","metric_name":"CPUUtilization","dimensions":{"InstanceId":"{{SimulatedAws.Id(vm)}}"},"timestamp":{{(at ?? Period).ToUnixTimeMilliseconds()}},"value":{"max":{{percent}},"min":{{percent}},"sum":{{percent * 5}},"count":5},"unit":"Percent"}""");
}
