namespace Watchdog.FleetSim.Streaming;

/// <summary>A CloudWatch metric stream with its Firehose delivery stream. Shares are 0 to 1 and drawn from <see cref="Seed"/>.</summary>
public sealed record MetricStreamOptions
{
    /// <summary>The HTTP endpoint.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>What <c>X-Amz-Firehose-Access-Key</c> says.</summary>
    public required string AccessKey { get; init; }

    /// <summary>Metrics of AWS/EC2 that the stream's filter lets through.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = ["CPUUtilization"];

    /// <summary>Chooses what comes late, twice, in another order, or never.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Bytes of records that fill a delivery (Firehose's buffer size, at most 64 MiB; its records at most 1,000 KiB).</summary>
    public int BufferBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Datapoints in a record.</summary>
    public int PointsARecord { get; init; } = 500;

    /// <summary>Whether the body is gzip.</summary>
    public bool Gzip { get; init; } = true;

    /// <summary>Deliveries that are sent a second time after they were acknowledged: at least once is what Firehose promises.</summary>
    public double DuplicateShare { get; init; }

    /// <summary>Points that come later than CloudWatch published them, by up to <see cref="LateBy"/>.</summary>
    public double LateShare { get; init; }

    /// <summary>How late a late point is, at most; fleet time.</summary>
    public TimeSpan LateBy { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>Deliveries that never come: Firehose gave up and put them into the backup bucket.</summary>
    public double DropShare { get; init; }

    /// <summary>First pause before a refused delivery is sent again, wall time; it doubles, up to a minute.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a refused delivery is sent again (Firehose's RetryOptions, 0 to 7,200 s), wall time.</summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>What a stream has done so far.</summary>
/// <param name="Points">Datapoints in acknowledged deliveries, each delivery once.</param>
/// <param name="Deliveries">Acknowledged deliveries.</param>
/// <param name="Duplicates">Of those, how many were sent twice.</param>
/// <param name="Retries">Attempts that were refused or failed.</param>
/// <param name="Lost">Deliveries that were dropped, or given up.</param>
/// <param name="Bytes">Bytes on the wire, acknowledged ones.</param>
public readonly record struct StreamTally(long Points, long Deliveries, long Duplicates, long Retries, long Lost, long Bytes);
