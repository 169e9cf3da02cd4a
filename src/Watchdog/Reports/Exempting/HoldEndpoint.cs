using System.Globalization;
using Microsoft.Extensions.Options;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Policy;
using Watchdog.Reports.Pages;

namespace Watchdog.Reports.Exempting;

/// <summary><c>/holds/add</c>: a person keeps a VM from idle stops.</summary>
public sealed class HoldEndpoint(HoldBook holds, IOptionsMonitor<PolicyOptions> policy, PageDesk pages, Clocks clocks) : IEndpoints
{
    private const int LongestReason = 500;

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/holds/add", context => ShowAsync(context, Empty(context))).Admit(Entry.For(Role.Operator));
        routes.MapPost("/holds/add", AddAsync).Admit(Entry.For(Role.Operator));
    }

    private Task ShowAsync(HttpContext context, HoldModel model) =>
        pages.ShowAsync<HoldPage>(context, model, model.Wrong is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private HoldModel Empty(HttpContext context)
    {
        var now = clocks.Fleet.GetUtcNow();
        var back = context.Request.HasFormContentType ? context.Request.Form["back"].ToString() : context.Request.Query["back"].ToString();
        var first = DateOnly.FromDateTime(now.UtcDateTime).AddDays(1);
        return new(context.Request.Query["vm"].ToString(), first, "", first, DateOnly.FromDateTime((now + policy.CurrentValue.LongestExemption).UtcDateTime),
            OwnPath.Of(back.Length == 0 ? "/exemptions" : back), null);
    }

    private async Task AddAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        DateOnly? until = DateOnly.TryParseExact(form["until"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        var model = Empty(context) with { Vm = form["vm"].ToString().Trim(), Until = until, Reason = form["reason"].ToString().Trim() };
        if (Fault(model) is { } fault)
        {
            await ShowAsync(context, model with { Wrong = fault });
            return;
        }

        var (end, now) = (new DateTimeOffset(model.Until!.Value, TimeOnly.MinValue, TimeSpan.Zero), clocks.Fleet.GetUtcNow());
        await holds.AddAsync(model.Vm, model.Reason, Visitor.Of(context)!.Name, now, end, context.RequestAborted);
        PageDesk.Return(context, model.Back);
    }

    private static string? Fault(HoldModel model) => model switch
    {
        { Vm: var vm } when !vm.StartsWith("i-", StringComparison.Ordinal) || vm.Length > 64 => "A hold names a VM by its instance id, such as i-0123456789abcdef0.",
        { Until: null } => "Say until which day.",
        _ when model.Until < model.First || model.Until > model.Last => FormattableString.Invariant($"It ends between {model.First:yyyy-MM-dd} and {model.Last:yyyy-MM-dd}; what is to last longer is renewed."),
        { Reason.Length: 0 or > LongestReason } => $"Say why, in 1 to {LongestReason} characters.",
        _ => null,
    };
}
