using System.IO.Compression;
using System.Text;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Replaying;
using Watchdog.Sweeps.Recorded;

namespace Watchdog.Tests.Sweeps.Recorded;

public sealed class RecordedFleetTests : IDisposable
{
    private const string Header = "timestamp,instance_id,metric,value\n";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("recorded-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Points_land_on_their_period_and_a_missing_row_stays_absent()
    {
        WriteVms("i-a,t3.micro,2,300,2026-01-01T00:00:00Z");
        WritePoints("i-a", "2026-01-02T00:10:00Z,i-a,CPUUtilization,7\n2026-01-02T00:00:00Z,i-a,CPUUtilization,5\n2026-01-02T00:05:00Z,i-a,NetworkOut,100\n");

        var fleet = RecordedFleet.Open(_folder.FullName);
        var read = fleet.Read(fleet.Vms[0]);

        Assert.Equal(new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero), read.Start);
        Assert.Equal([5f, float.NaN, 7f], read.Cpu);
        Assert.Equal([float.NaN, 100f, float.NaN], read.NetworkOut);
        Assert.Equal(0, fleet.Bad.Count);
    }

    [Fact]
    public void A_gzipped_file_reads_like_a_plain_one()
    {
        WriteVms("i-a,,2,300,");
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "vms"));
        using (var gzip = new GZipStream(File.Create(Path.Combine(_folder.FullName, "vms", "i-a.csv.gz")), CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Header + "2026-01-02T00:00:00Z,i-a,CPUUtilization,5\n"));
        }

        var fleet = RecordedFleet.Open(_folder.FullName);
        Assert.Equal([5f], fleet.Read(fleet.Vms[0]).Cpu);
        Assert.Null(fleet.Vms[0].InstanceType);
        Assert.Null(fleet.Vms[0].LaunchTime);
    }

    [Theory]
    [InlineData("yesterday,i-a,CPUUtilization,5", "timestamp 'yesterday'")]
    [InlineData("2026-01-02T00:00:00Z,i-b,CPUUtilization,5", "instance_id 'i-b'")]
    [InlineData("2026-01-02T00:00:00Z,i-a,GpuTemperature,5", "metric 'GpuTemperature' is unknown")]
    [InlineData("2026-01-02T00:00:00Z,i-a,CPUUtilization,NaN", "value 'NaN'")]
    [InlineData("2026-01-02T00:00:00Z,i-a,CPUUtilization,-1", "value '-1'")]
    [InlineData("2026-01-02T00:00:00Z,i-a,CPUUtilization,4000", "value '4000'")]
    [InlineData("2026-01-02T00:01:00Z,i-a,CPUUtilization,5", "not on the grid of 300 s")]
    [InlineData("2026-01-02T00:00:00Z,i-a", "metric ''")]
    public void A_malformed_line_is_named_and_the_rest_is_read(string line, string problem)
    {
        WriteVms("i-a,t3.micro,2,300,");
        WritePoints("i-a", $"{line}\n2026-01-02T00:05:00Z,i-a,CPUUtilization,6\n");

        var fleet = RecordedFleet.Open(_folder.FullName);
        Assert.Equal([6f], fleet.Read(fleet.Vms[0]).Cpu);
        var message = Assert.Single(fleet.Bad.Messages);
        Assert.StartsWith("vms/i-a.csv:2: ", message, StringComparison.Ordinal);
        Assert.Contains(problem, message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_wild_timestamp_does_not_stretch_the_grid_over_centuries()
    {
        WriteVms("i-a,t3.micro,2,300,");
        WritePoints("i-a", "9000-01-02T00:00:00Z,i-a,CPUUtilization,5\n2026-01-02T00:05:00Z,i-a,CPUUtilization,6\n2026-01-02T00:10:00Z,i-a,CPUUtilization,7\n");

        var fleet = RecordedFleet.Open(_folder.FullName);
        var read = fleet.Read(fleet.Vms[0]);
        Assert.Equal(2, read.Periods);
        Assert.Contains("1 points lie more than", Assert.Single(fleet.Bad.Messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("i-a,t3.micro,zero,300,", "vcpus 'zero'")]
    [InlineData("i-a,t3.micro,2,7,", "period_s '7'")]
    [InlineData("../../etc/passwd,t3.micro,2,300,", "instance_id is empty or holds")]
    [InlineData("i-a,t3.micro,2,300,noon", "launch_time 'noon'")]
    public void A_bad_vm_is_left_out_and_named(string row, string problem)
    {
        WriteVms(row + "\ni-ok,t3.micro,2,300,");
        var fleet = RecordedFleet.Open(_folder.FullName);
        Assert.Equal("i-ok", Assert.Single(fleet.Vms).InstanceId);
        Assert.Contains(problem, Assert.Single(fleet.Bad.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public void A_vm_without_a_file_and_a_broken_archive_have_no_points_and_are_named()
    {
        WriteVms("i-none,t3.micro,2,300,\ni-broken,t3.micro,2,300,");
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "vms"));
        File.WriteAllText(Path.Combine(_folder.FullName, "vms", "i-broken.csv.gz"), "this is no gzip");

        var fleet = RecordedFleet.Open(_folder.FullName);
        Assert.All(fleet.Vms, vm => Assert.Equal(0, fleet.Read(vm).Periods));
        Assert.Equal(2, fleet.Bad.Count);
    }

    [Fact]
    public void A_folder_without_vms_csv_is_refused_with_the_shape_that_is_expected()
    {
        var e = Assert.Throws<RecordedFleetException>(() => RecordedFleet.Open(_folder.FullName));
        Assert.Contains("instance_id,instance_type,vcpus,period_s,launch_time", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_are_read_by_column_name_and_bad_ones_are_named()
    {
        var path = Path.Combine(_folder.FullName, "labels.csv");
        File.WriteAllText(path, "instance_id,label,start,end,source,notes\n"
            + "i-a,miner,2026-01-02T00:00:00Z,2026-01-02T01:00:00Z,x,\"OVERLAY full, flat\"\n"
            + "i-a,alien,2026-01-02T00:00:00Z,2026-01-02T01:00:00Z,x,y\n"
            + "i-a,miner,2026-01-02T02:00:00Z,2026-01-02T01:00:00Z,x,y\n");
        var bad = new BadLines();
        var label = Assert.Single(RecordedLabels.Read(path, bad));
        Assert.Equal("OVERLAY full, flat", label.Notes);
        Assert.Equal(2, bad.Count);
    }

    [Fact]
    public void Alarms_are_written_in_order_and_quoted_where_they_must_be()
    {
        var writer = new StringWriter();
        AlarmsFile.Write(writer,
        [
            new("i-b", FindingClass.Miner, new(2026, 1, 2, 1, 0, 0, TimeSpan.Zero), null, 0.91234, "flat, and \"new\""),
            new("i-a", FindingClass.Panic, new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero), new(2026, 1, 2, 3, 0, 0, TimeSpan.Zero), 1, "dead"),
        ]);
        Assert.Equal("instance_id,class,opened_at,closed_at,score,reason\r\n"
            + "i-a,panic,2026-01-02T00:00:00Z,2026-01-02T03:00:00Z,1,dead\r\n"
            + "i-b,miner,2026-01-02T01:00:00Z,,0.9123,\"flat, and \"\"new\"\"\"\r\n", writer.ToString());
    }

    [Fact]
    public void A_flat_new_plateau_without_traffic_raises_an_alarm_only_after_its_periods_have_ended()
    {
        WriteVms("i-a,m5.large,2,300,2025-12-01T00:00:00Z");
        var start = new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);
        var rows = new StringBuilder();
        for (var i = 0; i < 900; i++)
        {
            var at = start.AddMinutes(5 * i).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
            rows.Append(System.Globalization.CultureInfo.InvariantCulture, $"{at},i-a,CPUUtilization,{(i < 700 ? 2 + (i % 3) : 99.5)}\n{at},i-a,NetworkIn,{3000 + (i % 7)}\n{at},i-a,NetworkOut,{3000 + (i % 5)}\n{at},i-a,DiskReadOps,0\n{at},i-a,DiskWriteOps,9\n{at},i-a,StatusCheckFailed,0\n");
        }

        WritePoints("i-a", rows.ToString());
        var (fleet, alarms) = FleetReplay.Run(RecordedFleet.Open(_folder.FullName), new ReplayOptions { Idle = false }, CancellationToken.None);

        var alarm = Assert.Single(alarms);
        Assert.Equal(900, Assert.Single(fleet).Periods);
        Assert.InRange(alarm.OpenedAt, start.AddMinutes(5 * 701), start.AddMinutes(5 * 700 + 60));
        Assert.NotEqual("", alarm.Reason);
    }

    private void WriteVms(string rows) => File.WriteAllText(
        Path.Combine(_folder.FullName, "vms.csv"), $"instance_id,instance_type,vcpus,period_s,launch_time\n{rows}\n");

    private void WritePoints(string id, string rows)
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "vms"));
        File.WriteAllText(Path.Combine(_folder.FullName, "vms", id + ".csv"), Header + rows);
    }
}
