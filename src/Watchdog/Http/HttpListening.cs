using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Http.Access;

namespace Watchdog.Http;

/// <summary>The worker's listener, where one is configured: every room's endpoints, and each second what they answer from.</summary>
public sealed class HttpListening(
    IEnumerable<IEndpoints> endpoints, IEnumerable<IReadModel> models, IOptions<HttpOptions> options, Clocks clocks, ILoggerFactory loggers,
    Gate gate, ILogger<HttpListening> log) : BackgroundService
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(1);
    private WebApplication? web;
    private bool failing;

    /// <summary>Where it listens, e.g. <c>http://127.0.0.1:8080</c>; null when it does not.</summary>
    public Uri? Address { get; private set; }

    /// <summary>Every endpoint that is declared, while it listens.</summary>
    internal IReadOnlyList<Endpoint> Endpoints => web?.Services.GetRequiredService<EndpointDataSource>().Endpoints ?? [];

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.WhereToListen() is not { } endPoint)
        {
            return;
        }

        await RefreshAsync(cancellationToken);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "watchdog" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 16 * 1024;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.MaxConcurrentConnections = 2_000;
            kestrel.Listen(endPoint, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddSingleton(loggers).AddHttpPipeline();
        var listening = builder.Build();
        HttpPipeline.Use(listening, gate, log);
        foreach (var of in endpoints)
        {
            of.Map(listening);
        }

        listening.MapFallback("/{**path}", context => Problem.AnswerAsync(
            context, StatusCodes.Status404NotFound, "not found", "There is no such resource here; docs/api.md lists those that are.")).Admit(Entry.ForAll("nothing is there"));
        web = listening;
        await listening.StartAsync(cancellationToken);
        Address = new Uri(listening.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Log.Listening(log, Address);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        if (web is { } listening)
        {
            web = null;
            await listening.StopAsync(cancellationToken);
            await listening.DisposeAsync();
        }

        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Refresh, clocks.Wall);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await RefreshAsync(stoppingToken);
        }
    }

    private async Task RefreshAsync(CancellationToken ct)
    {
        string? why = null;
        foreach (var model in models)
        {
            try
            {
                await model.RefreshAsync(ct);
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException or IOException)
            {
                // One that cannot be read ages by itself: the others answer on.
                why ??= fault.Message;
            }
        }

        // Told once an absence; what was read before serves on until it is stale.
        if (why is not null && !failing)
        {
            Log.Stale(log, why);
        }

        failing = why is not null;
    }
}
