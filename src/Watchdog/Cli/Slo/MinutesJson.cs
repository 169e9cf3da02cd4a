using Watchdog.Slo.Classing;
using Watchdog.Slo.Minutes;
using Watchdog.Slo.Telling;

namespace Watchdog.Cli.Slo;

/// <summary>A VM's minutes with their evidence as JSON; its names are a contract.</summary>
internal sealed record MinutesJson(
    string Vm, DateTimeOffset From, DateTimeOffset To, DateTimeOffset Watermark, MinutesJson.NewsJson? NewsWaiting, bool Differs, IReadOnlyList<MinutesJson.PieceJson> Intervals,
    IReadOnlyList<MinutesJson.AmendmentJson> Amendments)
{
    public static MinutesJson Of(MinuteExplanation of) => new(
        of.InstanceId, Minute.At(of.From), Minute.At(of.To), Minute.At(of.Watermark), of.News is { } news ? new(Minute.At(news.Minute), news.Why) : null,
        of.Pieces.Any(piece => piece.Differs),
        [.. of.Pieces.Select(piece => new PieceJson(
            Minute.At(piece.From), Minute.At(piece.To), piece.To - piece.From, ClassOf(piece.Booked), Name(piece.Booked), piece.Agent.ToString().ToLowerInvariant(), piece.Differs,
            Name(piece.Judged), piece.Evidence))],
        [.. of.Amendments.Select(change => new AmendmentJson(change.At, Minute.At(change.From), Minute.At(change.To), Name(change.Was), Name(change.Became), change.Reason))]);

    private static string? Name(Cause? cause) => cause is { } known ? Causes.NameOf(known) : null;

    private static string? ClassOf(Cause? cause) => cause is { } known ? Causes.ClassOf(known).ToString().ToLowerInvariant() : null;

    internal sealed record NewsJson(DateTimeOffset From, string? Why);

    /// <summary>Class and cause are the books'; null: not in scope.</summary>
    internal sealed record PieceJson(
        DateTimeOffset From, DateTimeOffset To, int Minutes, string? Class, string? Cause, string Agent, bool Differs, string? JudgedCause, IReadOnlyList<EvidenceLine> Evidence);

    internal sealed record AmendmentJson(DateTimeOffset At, DateTimeOffset From, DateTimeOffset To, string? Was, string? Became, string Reason);
}
