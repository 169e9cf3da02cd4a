using Microsoft.Extensions.Options;
using Watchdog.Alerts.Muting;
using Watchdog.Alerts.Routing;
using Watchdog.Alerts.Telling;

namespace Watchdog.Alerts;

/// <summary>Checks the room's sections at start and names every error at once.</summary>
public sealed class AlertValidators(IReceiverNames receivers)
    : IValidateOptions<AlertOptions>, IValidateOptions<MutingOptions>, IValidateOptions<RoutingOptions>, IValidateOptions<AlertLinkOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AlertOptions options) => Result(options.Errors());

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, MutingOptions options) => Result(options.Errors());

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, RoutingOptions options) => Result(options.Errors(receivers.Names));

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AlertLinkOptions options) => Result(options.Errors());

    private static ValidateOptionsResult Result(IEnumerable<string> errors) =>
        errors.ToList() is { Count: > 0 } wrong ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
}
