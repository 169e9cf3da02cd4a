namespace Watchdog.Http;

/// <summary>What a room answers on the worker's listener.</summary>
public interface IEndpoints
{
    /// <summary>Declares its routes.</summary>
    void Map(IEndpointRouteBuilder routes);
}

/// <summary>What requests are answered from without asking the database: read anew each second while the listener runs.</summary>
public interface IReadModel
{
    /// <summary>Reads it anew; when that fails, what was read before stays.</summary>
    Task RefreshAsync(CancellationToken ct);
}
