using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Watchdog.FleetSim.Fleet;
using Watchdog.FleetSim.State;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim;

/// <summary>
/// One AWS account in one Region, on loopback: EC2, CloudWatch, SSM and STS at one address, as stock SDKs, boto3 and the aws command
/// speak to them (set <c>AWS_ENDPOINT_URL</c>). Plays a scripted fleet on the clock it is given.
/// </summary>
public sealed class SimulatedRegion : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly Dispatcher _dispatcher;

    private SimulatedRegion(WebApplication web, RegionState state, Faults faults, Dispatcher dispatcher)
    {
        _web = web;
        _dispatcher = dispatcher;
        State = state;
        Faults = faults;
        Endpoint = new Uri(web.Urls.First());
    }

    /// <summary>Where it listens, e.g. <c>http://127.0.0.1:41234</c>.</summary>
    public Uri Endpoint { get; }

    /// <summary>Requests received so far by <c>service:Action</c>, failed ones included: <c>ec2:DescribeInstances</c>, <c>cloudwatch:GetMetricData</c>.</summary>
    public IReadOnlyDictionary<string, long> CallCounts => _dispatcher.Counts;

    /// <summary>Requests so far that one of AWS's token buckets refused; throttling that is a switched-on fault is not among them.</summary>
    public long RefusedByBuckets => _dispatcher.Refused;

    /// <summary>Datapoints that GetMetricData was asked for and granted so far: queries times periods, as AWS's quota counts, whether or not there are points.</summary>
    public long Datapoints => _dispatcher.Datapoints;

    /// <summary>Called with every taking from one of these buckets and every refusal, from many threads at once. Null, the default, costs nothing.</summary>
    public Action<TokensAsked>? TokensAsked
    {
        get => _dispatcher.TokensAsked;
        set => _dispatcher.TokensAsked = value;
    }

    /// <summary>Switches for faults; may be changed at any time.</summary>
    public Faults Faults { get; }

    /// <summary>The fleet and what was done to it.</summary>
    public RegionState State { get; }

    /// <summary>Starts a Region.</summary>
    /// <param name="options">How it behaves.</param>
    /// <param name="vms">The fleet; ids must be distinct, <c>i-</c> and 17 hex digits.</param>
    /// <param name="fleetClock">Fleet time: it may be scaled or faked.</param>
    /// <param name="ct">Ends the start, not the Region.</param>
    /// <exception cref="ArgumentException">An id is malformed or occurs twice.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SimulatedRegion> StartAsync(
        SimulatedRegionOptions options, IReadOnlyList<SimulatedVm> vms, TimeProvider fleetClock, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(vms);
        ArgumentNullException.ThrowIfNull(fleetClock);
        var state = new RegionState(options, vms, fleetClock);
        var faults = new Faults { Seed = options.Seed };
        var dispatcher = new Dispatcher(state, faults);

        // No arguments and no content root of the host process: the simulator reads nobody's appsettings.json.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "FleetSim" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 16 * 1024 * 1024;
            kestrel.Listen(IPAddress.Loopback, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Logging.ClearProviders();
        var web = builder.Build();
        web.Run(dispatcher.HandleAsync);
        try
        {
            await web.StartAsync(ct);
        }
        catch
        {
            await web.DisposeAsync();
            throw;
        }

        return new SimulatedRegion(web, state, faults, dispatcher);
    }

    /// <summary>Stops listening; requests under way get a second.</summary>
    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1), State.Options.WallClock);
        await _web.StopAsync(soon.Token);
        await _web.DisposeAsync();
    }
}
