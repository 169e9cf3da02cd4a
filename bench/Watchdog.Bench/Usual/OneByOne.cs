using System.Diagnostics;
using System.Globalization;
using System.Xml.Linq;

namespace Watchdog.Bench.Usual;

/// <summary>
/// The usual tool's way: list the VMs page by page, then ask for the CPU of each by a GetMetricStatistics of its own, on a few threads. Requests are not signed, which makes it
/// cheaper than such a tool is.
/// </summary>
internal sealed class OneByOne(Uri region) : IDisposable
{
    /// <summary>Calls under way at once.</summary>
    public const int Threads = 3;
    private readonly HttpClient _http = new() { BaseAddress = region };

    /// <summary>Measures it.</summary>
    /// <param name="sample">VMs whose CPU is read; the listing is whole.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<UsualFigures> MeasureAsync(int sample, CancellationToken ct)
    {
        var start = Reading.Now();
        var (running, pages) = await ListAsync(ct);
        var listing = start.Passed();
        // Spread over the fleet; a few before, so that neither connections nor compilation are in the sample.
        var step = Math.Max(1, running.Count / sample);
        var chosen = running.Where((_, i) => i % step == 0).Take(sample).ToList();
        await ReadAsync(chosen.Take(Threads * 10), ct);
        start = Reading.Now();
        var points = await ReadAsync(chosen, ct);
        var (wall, cpu) = start.Passed();
        return new(running.Count, pages, listing.Wall, listing.Cpu, chosen.Count, points, wall, cpu);
    }

    public void Dispose() => _http.Dispose();

    private async Task<(List<string> Running, int Pages)> ListAsync(CancellationToken ct)
    {
        List<string> running = [];
        var (pages, token) = (0, "");
        do
        {
            var page = await AskAsync([("Action", "DescribeInstances"), ("Version", "2016-11-15"), ("MaxResults", "1000"), ("NextToken", token)], ct);
            running.AddRange(page.Descendants(page.Name.Namespace + "instancesSet").Elements()
                .Where(vm => vm.Element(page.Name.Namespace + "instanceState")?.Element(page.Name.Namespace + "name")?.Value == "running")
                .Select(vm => vm.Element(page.Name.Namespace + "instanceId")!.Value));
            token = page.Element(page.Name.Namespace + "nextToken")?.Value ?? "";
            pages++;
        }
        while (token.Length > 0);
        return (running, pages);
    }

    private async Task<long> ReadAsync(IEnumerable<string> ids, CancellationToken ct)
    {
        var (points, end) = (0L, TimeProvider.System.GetUtcNow());
        await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = Threads, CancellationToken = ct }, async (id, cancel) =>
        {
            var answer = await AskAsync(
                [
                    ("Action", "GetMetricStatistics"), ("Version", "2010-08-01"), ("Namespace", "AWS/EC2"), ("MetricName", "CPUUtilization"), ("Dimensions.member.1.Name", "InstanceId"),
                    ("Dimensions.member.1.Value", id), ("StartTime", Text(end.AddHours(-3))), ("EndTime", Text(end)), ("Period", "300"), ("Statistics.member.1", "Average"),
                ], cancel);
            Interlocked.Add(ref points, answer.Descendants(answer.Name.Namespace + "Average").Count());
        });
        return points;
    }

    private async Task<XElement> AskAsync(IEnumerable<(string Name, string Value)> fields, CancellationToken ct)
    {
        using var form = new FormUrlEncodedContent(fields.Where(field => field.Value.Length > 0).Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var answer = await _http.PostAsync((Uri?)null, form, ct);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync(ct);
        return await XElement.LoadAsync(body, LoadOptions.None, ct);
    }

    private static string Text(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);

    private readonly record struct Reading(long Stamp, TimeSpan Cpu)
    {
        public static Reading Now() => new(Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);

        public (double Wall, double Cpu) Passed() => (Stopwatch.GetElapsedTime(Stamp).TotalSeconds, (Environment.CpuUsage.TotalTime - Cpu).TotalSeconds);
    }
}

/// <summary>What the usual way took.</summary>
/// <param name="Vms">Running VMs of the listing.</param>
/// <param name="Pages">DescribeInstances calls.</param>
/// <param name="ListWall">Seconds of the listing.</param>
/// <param name="ListCpu">CPU seconds of it.</param>
/// <param name="Sample">VMs whose CPU was read.</param>
/// <param name="Points">Points that came.</param>
/// <param name="ReadWall">Seconds of reading the sample.</param>
/// <param name="ReadCpu">CPU seconds of it.</param>
internal sealed record UsualFigures(int Vms, int Pages, double ListWall, double ListCpu, int Sample, long Points, double ReadWall, double ReadCpu)
{
    /// <summary>Seconds for all VMs: each takes what one of the sample took.</summary>
    public double Wall => ListWall + (ReadWall / Sample * Vms);

    /// <summary>CPU seconds for all VMs.</summary>
    public double Cpu => ListCpu + (ReadCpu / Sample * Vms);
}
