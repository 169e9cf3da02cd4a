using System.Globalization;
using Microsoft.Extensions.Options;
using Watchdog.Alerts.Receivers;

namespace Watchdog.Reports.Daily;

/// <summary>Section <c>Reports:Daily</c>: when the quarantine report of a UTC day is posted, and to whom.</summary>
public sealed class DailyOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Reports:Daily";

    /// <summary>The time of day, <c>HH:mm</c> in UTC, at which the report of the day before is posted, default <c>08:00</c>; empty: none is posted.</summary>
    public string? At { get; set; } = "08:00";

    /// <summary>Names under <c>Alerts:Receivers</c> that it is posted to; none (default): all of type <c>slack</c> and <c>webhook</c>.</summary>
    public IList<string> Receivers { get; set; } = [];

    /// <summary><see cref="At"/>; null: none is posted, or it cannot be read.</summary>
    internal TimeOnly? Time => TimeOnly.TryParseExact(At?.Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}

/// <summary>Checks the section at start and names every error.</summary>
public sealed class DailyOptionsValidator(IOptions<ReceiverSettings> receivers) : IValidateOptions<DailyOptions>
{
    private static readonly string[] Boards = [ReceiverTypes.Slack, ReceiverTypes.Webhook];

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, DailyOptions options)
    {
        var wrong = Errors(options).ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong.Select(error => $"{DailyOptions.Section}:{error}"));
    }

    private IEnumerable<string> Errors(DailyOptions options)
    {
        if (!string.IsNullOrWhiteSpace(options.At) && options.Time is null)
        {
            yield return $"{nameof(options.At)} is '{options.At}', which is no time of day such as 08:00 (UTC); leave it empty to post no report.";
        }

        foreach (var unfit in options.Receivers.Where(name => !receivers.Value.Receivers.TryGetValue(name, out var of) || !Boards.Contains(of.Type)))
        {
            yield return $"{nameof(options.Receivers)} names '{unfit}', which is no receiver of type {string.Join(" or ", Boards)} under {ReceiverSettings.Section}.";
        }
    }
}
