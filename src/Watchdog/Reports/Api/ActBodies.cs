using Watchdog.Ledger;

namespace Watchdog.Reports.Api;

/// <summary>What is said when something is asked of a case.</summary>
internal interface IActBody
{
    /// <summary>The version of the case that was seen; may stand in <c>If-Match</c> instead.</summary>
    int? Version { get; }

    /// <summary>What the request says.</summary>
    RequestPayload Payload { get; }
}

/// <param name="Reason">Why, in a sentence: what the next reader of the case learns.</param>
/// <param name="Ruling">A ruling to record with it.</param>
/// <param name="Force">Also put back what somebody else changed since Watchdog set it.</param>
/// <param name="Version">The version of the case that was seen; may stand in If-Match instead.</param>
internal sealed record ReleaseBody(string? Reason, string? Ruling, bool Force, int? Version) : IActBody
{
    RequestPayload IActBody.Payload => new(Reason ?? "", Ruling, Force);
}

/// <param name="Reason">Why, in a sentence.</param>
/// <param name="Ruling">The ruling to record; true_positive where none is said.</param>
/// <param name="Version">The version of the case that was seen; may stand in If-Match instead.</param>
internal sealed record ConfirmBody(string? Reason, string? Ruling, int? Version) : IActBody
{
    RequestPayload IActBody.Payload => new(Reason ?? "", Ruling);
}

/// <param name="Reason">Why, in a sentence.</param>
/// <param name="Minutes">By how much the case's clock is put off.</param>
/// <param name="Version">The version of the case that was seen; may stand in If-Match instead.</param>
internal sealed record ExtendBody(string? Reason, int? Minutes, int? Version) : IActBody
{
    RequestPayload IActBody.Payload => new(Reason ?? "", Span: Minutes is { } span ? TimeSpan.FromMinutes(span) : null);
}

/// <param name="Reason">Why, in a sentence.</param>
/// <param name="Ruling">Which: true_positive, benign_positive, false_positive, duplicate or indeterminate.</param>
/// <param name="Version">The version of the case that was seen; may stand in If-Match instead.</param>
internal sealed record RuleBody(string? Reason, string? Ruling, int? Version) : IActBody
{
    RequestPayload IActBody.Payload => new(Reason ?? "", Ruling);
}

/// <param name="Reason">A note for them.</param>
/// <param name="Assignee">The person or the team.</param>
/// <param name="Version">The version of the case that was seen; may stand in If-Match instead.</param>
internal sealed record HandOverBody(string? Reason, string? Assignee, int? Version) : IActBody
{
    RequestPayload IActBody.Payload => new(Reason ?? "", Assignee: Assignee);
}
