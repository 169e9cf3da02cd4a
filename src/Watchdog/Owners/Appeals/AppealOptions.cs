using Microsoft.Extensions.Options;

namespace Watchdog.Owners.Appeals;

/// <summary>Section <c>Appeals</c>: what happens when an owner objects. Notices bear a link for it where <c>Holds:LinkBaseUrl</c> is set.</summary>
public sealed class AppealOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Appeals";

    /// <summary>How long people have to rule once an owner has objected, 15 minutes to 7 days, default 04:00:00; then on-call is told. Fleet time.</summary>
    public TimeSpan ReviewClock { get; set; } = TimeSpan.FromHours(4);
}

/// <summary>Checks the range above.</summary>
public sealed class AppealOptionsValidator : IValidateOptions<AppealOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AppealOptions options) =>
        options.ReviewClock >= TimeSpan.FromMinutes(15) && options.ReviewClock <= TimeSpan.FromDays(7) ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{AppealOptions.Section}:{nameof(AppealOptions.ReviewClock)} is {options.ReviewClock}; it must be 15 minutes to 7 days.");
}
