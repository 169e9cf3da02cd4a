namespace Watchdog.Bench.Week.Play;

/// <summary>The worker that a week is played against, over all of its lives.</summary>
internal interface IWeekWorker : IAsyncDisposable
{
    /// <summary>Jobs that ended with an error; a life's end by force is none.</summary>
    int Failures { get; }

    /// <summary>What AWS was asked cost, US$.</summary>
    decimal Usd { get; }

    /// <summary>All that is due at the fleet's instant; then acts whenever the next falls due, until the next instant. Steps the fleet's clock meanwhile.</summary>
    Task PassAsync(DateTimeOffset next, CancellationToken ct);
}
