using Microsoft.Extensions.Options;

namespace Watchdog.IdleShutdown;

/// <summary>Checks the section's ranges, all at once.</summary>
[OptionsValidator]
public sealed partial class IdleShutdownRanges : IValidateOptions<IdleShutdownOptions>;

/// <summary>Checks what a range cannot say.</summary>
public sealed class IdleShutdownOptionsValidator : IValidateOptions<IdleShutdownOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, IdleShutdownOptions options)
    {
        List<string> errors = [.. IdlePolicyChecks.Errors(options)];
        string[] tags = [options.OptOutTag, options.KeepUntilTag, options.JobTag];
        if (tags.Distinct(StringComparer.Ordinal).Count() < tags.Length)
        {
            errors.Add($"{IdleShutdownOptions.Section}: OptOutTag, KeepUntilTag and JobTag must be three different keys; they are {string.Join(", ", tags)}.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
