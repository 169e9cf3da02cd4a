using System.Globalization;
using System.Text.Json;
using Watchdog.Ledger;
using Watchdog.Reports.Api.Shapes;
using Watchdog.Reports.Queue;

namespace Watchdog.Cli.Remote;

/// <summary>A worker's API, whose shapes hold all that the commands print.</summary>
internal sealed class RemoteDesk(ApiClient api) : ICaseDesk
{
    private const int Page = 500;

    public DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public async Task<(IReadOnlyList<CaseRecord> Cases, IReadOnlyDictionary<long, ActRecord> Acts)> ListAsync(CaseFilter filter, CancellationToken ct)
    {
        List<CaseJson> found = [];
        string? cursor = null;
        do
        {
            var page = await api.GetAsync<CasePageJson>(Path(filter, Math.Min(Page, filter.Limit - found.Count), cursor), ct) ?? throw new UnavailableException("The worker there has no API.");
            found.AddRange(page.Cases);
            cursor = page.Next;
        }
        while (cursor is not null && found.Count < filter.Limit);
        return ([.. found.Select(Record)], found.Where(of => of.Done is not null).ToDictionary(of => of.Id, of => Act(of, of.Done!)));
    }

    public async Task<WholeCase?> ShowAsync(long id, CancellationToken ct) =>
        await api.GetAsync<WholeCaseJson>(string.Create(CultureInfo.InvariantCulture, $"/v1/cases/{id}"), ct) is { } whole ? Whole(whole) : null;

    public async Task<long> AskAsync(string kind, string by, CaseRecord seen, RequestPayload payload, CancellationToken ct)
    {
        Dictionary<string, object> body = new() { ["reason"] = payload.Reason, ["version"] = seen.Version };
        if (payload.Ruling is { } ruling)
        {
            body["ruling"] = ruling;
        }

        if (payload.Force)
        {
            body["force"] = true;
        }

        if (payload.Span is { } span)
        {
            body["minutes"] = (int)span.TotalMinutes;
        }

        if (payload.Assignee is { } assignee)
        {
            body["assignee"] = assignee;
        }

        var request = await api.PostAsync<RequestJson>(string.Create(CultureInfo.InvariantCulture, $"/v1/cases/{seen.Id}/{kind.Replace('_', '-')}"), body, Guid.NewGuid(), ct);
        return request?.Id ?? throw new UsageException($"There is no case {seen.Id} any more.");
    }

    public async Task<RequestRecord?> FindAsync(long request, long caseId, CancellationToken ct) =>
        await api.GetAsync<RequestJson>(string.Create(CultureInfo.InvariantCulture, $"/v1/requests/{request}"), ct) is { } found ? Record(found, caseId) : null;

    private static string Path(CaseFilter filter, int limit, string? cursor)
    {
        (string Name, string? Value)[] parts =
        [
            ("show", filter.Open switch { true => "open", false => "closed", null => "all" }), ("state", filter.State), ("detector", filter.Class), ("owner", filter.Owner),
            ("vm", filter.InstanceId), ("assignee", filter.Assignee is "" ? QueueFilter.None : filter.Assignee), ("order", "newest"), ("since", filter.Since?.ToString("O", CultureInfo.InvariantCulture)), ("limit", limit.ToString(CultureInfo.InvariantCulture)), ("cursor", cursor),
        ];
        return $"/v1/cases?{string.Join('&', parts.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"))}";
    }

    private static WholeCase Whole(WholeCaseJson whole)
    {
        var of = whole.Case;
        return new(
            Record(of),
            [.. whole.Episodes.Select(e => new CaseEpisodeRecord(of.Id, e.EpisodeId, e.Class, e.Onset, e.JoinedAt, e.EndedAt, e.Score, e.Reason, Text(e.Finding) ?? "null"))],
            [.. whole.Acts.Select(act => Act(of, act))],
            [.. whole.Acts.SelectMany(act => act.Steps.Select(step => Step(act, step)))],
            [.. whole.Requests.Select(request => Record(request, of.Id))],
            whole.Rulings,
            [.. whole.Audit.Select(a => new AuditRecord(0, a.At, a.Actor, a.What, $"case:{of.Id}", Text(a.Data) ?? "null", a.RuleVersion, a.EvidenceSha256))],
            whole.Appeal);
    }

    private static CaseRecord Record(CaseJson of) => new(
        of.Id, of.InstanceId, of.Scope, of.Owner, of.Class, of.OpenedAt, of.ClosedAt, of.State, of.Score, of.Reason, of.RuleVersion, of.Version, of.LeadCase, of.Followers, of.Clock, of.Assignee);

    private static RequestRecord Record(RequestJson of, long caseId) => new(
        of.Id, of.At, of.Kind, of.Actor, caseId, of.ExpectedVersion, Text(of.Payload) ?? "null", of.State, of.ActId, of.DoneAt, of.Outcome, of.Bulk, of.NotBefore);

    // Of the latest act a list tells no more.
    private static ActRecord Act(CaseJson of, DoneJson done) => new(
        done.ActId, Guid.Empty, of.Id, of.InstanceId, of.Scope, done.Kind, done.State, 0, false, null, "", "", "", default, null, null, null, 0, null, null, null);

    private static ActRecord Act(CaseJson of, ActJson act) => new(
        act.Id, act.OperationId, of.Id, of.InstanceId, of.Scope, act.Kind, act.State, 0, act.NeedsPerson, act.ApprovedBy, act.Reason, act.Actor, act.RuleVersion, act.ProposedAt, act.AdmittedAt,
        act.DueAt, act.DoneAt, act.Attempts, Text(act.Plan), act.Detail, null);

    private static StepRecord Step(ActJson act, StepJson step) => new(
        0, act.Id, step.Ordinal, step.Kind, step.Target, step.IamAction, Text(step.Before) ?? "null", Text(step.Wanted) ?? "null", Text(step.Undo), step.State, step.Attempts, step.StartedAt,
        step.CalledAt, step.DoneAt, step.Detail);

    private static string? Text(JsonElement? element) => element is { ValueKind: not JsonValueKind.Null and not JsonValueKind.Undefined } document ? document.GetRawText() : null;
}
