using Microsoft.Extensions.Options;

namespace Watchdog.Cli.Doctor;

/// <summary>Every setting that is out of its range or cannot be read, all at once.</summary>
internal static class ConfigurationCheck
{
    private const string Name = "configuration";
    private const string Mend = "Correct it in the file given by --config, in appsettings.json, or in the environment (Policy__Mode=Observe); each option's comment names its range.";

    public static IReadOnlyList<Check> Run(IServiceProvider services)
    {
        try
        {
            SettingsCheck.Run(services);
            return [Check.Ok(Name, null, "every option is within its range")];
        }
        catch (OptionsValidationException e)
        {
            List<string> failures = [.. e.Failures];
            // Said once, below the last of them.
            return [.. failures.Select((failure, i) => new Check(Name, null, CheckState.Wrong, failure, i == failures.Count - 1 ? Mend : null))];
        }
    }
}
