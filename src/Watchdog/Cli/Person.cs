using System.CommandLine;

namespace Watchdog.Cli;

/// <summary>What every command asks of a person who changes something: why, and who.</summary>
internal static class Person
{
    public static Option<string> Reason(string description)
    {
        var reason = new Option<string>("--reason") { Description = description, HelpName = "TEXT", Required = true };
        reason.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string>()))
            {
                result.AddError("--reason must say something: it is what the next reader learns.");
            }
        });
        return reason;
    }

    public static Option<string> By() => new("--by") { Description = "Who does it.", HelpName = "NAME", DefaultValueFactory = _ => Environment.UserName };
}
