using System.Globalization;
using Npgsql;
using Watchdog.Alerts.Muting;
using Watchdog.Alerts.Storing;
using Watchdog.Alerts.Telling;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Reports.Pages;
using Watchdog.Webhooks;

namespace Watchdog.Reports.Incidents;

/// <summary>What people do about incidents: take one in hand, silence what is like it, end a silence, send dead messages anew.</summary>
public sealed class IncidentActs(NpgsqlDataSource database, IncidentReads reads, PageDesk pages, Clocks clocks) : IEndpoints
{
    private const int LongestReason = 500;

    /// <summary>For how long a silence may hold, hours; what is to last longer is renewed by somebody.</summary>
    public static IReadOnlyList<int> Hours { get; } = [1, 4, 8, 24, 72, 168, 720];

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/incidents/{id:long}/ack", context => ShowAsync<AckPage>(context, null)).Admit(Entry.For(Role.Operator));
        routes.MapPost("/incidents/{id:long}/ack", AcknowledgeAsync).Admit(Entry.For(Role.Operator));
        routes.MapGet("/incidents/{id:long}/silence", context => ShowAsync<SilencePage>(context, null)).Admit(Entry.For(Role.Operator));
        routes.MapPost("/incidents/{id:long}/silence", SilenceAsync).Admit(Entry.For(Role.Operator));
        routes.MapPost("/silences/{id:long}/end", EndAsync).Admit(Entry.For(Role.Operator));
        routes.MapPost("/messages/replay", ReplayAsync).Admit(Entry.For(Role.Admin));
    }

    private async Task ShowAsync<TPage>(HttpContext context, string? wrong) where TPage : Microsoft.AspNetCore.Components.IComponent
    {
        if (await IncidentAsync(context) is { } incident)
        {
            await pages.ShowAsync<TPage>(context, new IncidentActModel(incident, OwnPath.Of(context.Request.Query["back"].ToString() is { Length: > 0 } back ? back : $"/incidents/{incident.Id}"), wrong),
                wrong is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
        }
    }

    private async Task AcknowledgeAsync(HttpContext context)
    {
        var ct = context.RequestAborted;
        var form = await context.Request.ReadFormAsync(ct);
        var reason = form["reason"].ToString().Trim();
        if (reason.Length is 0 or > LongestReason)
        {
            await ShowAsync<AckPage>(context, $"Say what you are about to do, in 1 to {LongestReason} characters.");
            return;
        }

        if (await IncidentAsync(context) is not { } incident)
        {
            return;
        }

        if (!await IncidentTable.AcknowledgeAsync(database, incident.Id, Visitor.Of(context)!.Name, reason, clocks.Fleet.GetUtcNow(), ct))
        {
            await ShowAsync<AckPage>(context, incident.ResolvedAt is not null ? "The incident is over: nobody needs to take it in hand." : $"{incident.AckedBy ?? "Somebody"} has it in hand already.");
            return;
        }

        PageDesk.Return(context, form["back"]);
    }

    private async Task SilenceAsync(HttpContext context)
    {
        var ct = context.RequestAborted;
        var form = await context.Request.ReadFormAsync(ct);
        if (await IncidentAsync(context) is not { } incident)
        {
            return;
        }

        // What is silenced is of the incident itself; the form only says which of it counts.
        var by = form["by"].ToArray();
        var matcher = new Matcher
        {
            Kind = by.Contains("kind") ? incident.Key.Kind : null, Technique = by.Contains("technique") ? incident.Key.Technique : null,
            Scope = by.Contains("scope") ? incident.Key.Scope : null, UpTo = by.Contains("severity") ? incident.Severity : null,
        };
        var reason = form["reason"].ToString().Trim();
        int? hours = int.TryParse(form["hours"], NumberStyles.None, CultureInfo.InvariantCulture, out var said) && Hours.Contains(said) ? said : null;
        var wrong = matcher.Error() is { } error ? $"That cannot be a silence: {error}."
            : hours is null ? "Say for how long."
            : reason.Length is 0 or > LongestReason ? $"Say why, in 1 to {LongestReason} characters: it stands in every decision that it makes." : null;
        if (wrong is not null)
        {
            await ShowAsync<SilencePage>(context, wrong);
            return;
        }

        var now = clocks.Fleet.GetUtcNow();
        await SilenceBook.AddAsync(
            database, matcher, reason, Visitor.Of(context)!.Name, now, now.AddHours(hours!.Value), ct);
        PageDesk.Return(context, form["back"]);
    }

    private async Task EndAsync(HttpContext context)
    {
        var id = IdOf(context);
        if (!await SilenceBook.EndAsync(database, id, Visitor.Of(context)!.Name, clocks.Fleet.GetUtcNow(), context.RequestAborted))
        {
            await Problem.AnswerAsync(context, StatusCodes.Status404NotFound, "no such silence", $"No silence {id} holds: it has ended, or there never was one.");
            return;
        }

        PageDesk.Return(context, (await context.Request.ReadFormAsync(context.RequestAborted))["back"]);
    }

    private async Task ReplayAsync(HttpContext context)
    {
        var ct = context.RequestAborted;
        var form = await context.Request.ReadFormAsync(ct);
        long? one = long.TryParse(form["message"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        var channel = form["channel"].ToString();
        if (channel.Length is 0 or > 200 || one is null && form["message"] != "dead")
        {
            await Problem.AnswerAsync(context, StatusCodes.Status422UnprocessableEntity, "which messages", "Name a channel, and a message or all that are dead. Nothing was done.");
            return;
        }

        if (await OutboxTable.ReplayAsync(database, channel, one, Visitor.Of(context)!.Name, clocks.Wall.GetUtcNow(), ct) == 0 && one is not null)
        {
            await Problem.AnswerAsync(context, StatusCodes.Status404NotFound, "no such message", $"No message {one} is kept for that receiver.");
            return;
        }

        PageDesk.Return(context, form["back"]);
    }

    private async Task<IncidentState?> IncidentAsync(HttpContext context)
    {
        var id = IdOf(context);
        if (await reads.FindAsync(id, context.RequestAborted) is { } incident)
        {
            return incident;
        }

        await Problem.AnswerAsync(context, StatusCodes.Status404NotFound, "no such incident", $"There is no incident {id}; those that were over long ago are forgotten.");
        return null;
    }

    private static long IdOf(HttpContext context) => long.Parse((string)context.GetRouteValue("id")!, CultureInfo.InvariantCulture);
}
