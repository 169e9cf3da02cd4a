using Watchdog.Reports.Abuse;
using Watchdog.Reports.Api.Shapes;

namespace Watchdog.Cli.Abuse;

/// <summary>Answers to a notice as JSON; its names are a contract.</summary>
/// <param name="Remarks">What was assumed, left out or not understood.</param>
internal sealed record AbuseJson(IReadOnlyList<AbuseAnswerJson> Answers, IReadOnlyList<string> Remarks)
{
    public static AbuseJson Of(AbusePage page) => new([.. page.Answers.Select(answer => AbuseAnswerJson.Of(page, answer))], page.Notice.Remarks);

    /// <summary>The certainty as it is written.</summary>
    public static string NameOf(Certainty certainty) => certainty.ToString().ToLowerInvariant();
}

/// <summary>One address at one instant.</summary>
/// <param name="Nobody">Why no VM is named; null when one is.</param>
/// <param name="Unknown">Spans in which nobody looked.</param>
internal sealed record AbuseAnswerJson(
    string Address, int? Port, DateTimeOffset At, IReadOnlyList<LeadJson> Vms, string? Nobody, IReadOnlyList<string> Unknown)
{
    public static AbuseAnswerJson Of(AbusePage page, AbuseAnswer of) => new(
        of.Sighting.Address.ToString(), of.Sighting.Port, of.Sighting.At, [.. of.Leads.Select(LeadJson.Of)],
        of.Leads.Count == 0 ? page.Nobody(of) : null, of.Unknown);
}

/// <summary>A VM that had, or may have had, the address.</summary>
/// <param name="Certainty"><c>held between unseen</c>.</param>
internal sealed record LeadJson(
    string InstanceId, string Owner, string? Plan, string? InterfaceId, string Certainty, string Words, DateTimeOffset From, DateTimeOffset? To,
    IReadOnlyList<CaseJson> Cases, IReadOnlyList<MatchedConnection> Connections)
{
    public static LeadJson Of(Lead of) => new(
        of.Holder.Interval.InstanceId, of.Holder.Interval.Owner, of.Holder.Interval.Plan, of.Holder.Interval.InterfaceId,
        AbuseJson.NameOf(of.Holder.Certainty), of.Holder.Words, of.Holder.Interval.From, of.Holder.Interval.To,
        [.. of.Cases.Select(found => CaseJson.Of(found, null))], of.Connections);
}
