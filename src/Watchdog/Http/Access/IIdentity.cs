namespace Watchdog.Http.Access;

/// <summary>One way of knowing who a request is from.</summary>
public interface IIdentity
{
    /// <summary>What it tells of a request; null: nothing, and others may.</summary>
    Task<Known?> FindAsync(HttpContext context);
}

/// <summary>What is known of a request's sender.</summary>
/// <param name="Visitor">Who it is; null: nobody who may come in.</param>
/// <param name="Why">Why somebody who is known may not come in; null: they may, or nobody is known.</param>
public sealed record Known(Visitor? Visitor, string? Why = null)
{
    /// <summary>Nobody, whatever else the request brings.</summary>
    public static Known Nobody { get; } = new(null, null);

    /// <summary>Somebody without a role.</summary>
    public static Known Without(string why) => new(null, why);
}
