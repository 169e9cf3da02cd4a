using System.Globalization;
using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Policy;

namespace Watchdog.Cli.Doctor;

/// <summary>What this worker would do by itself, in words: not whether it is right, but so that nobody is surprised.</summary>
internal static class PolicyCheck
{
    public static async Task<Check> RunAsync(IServiceProvider services, bool databaseIsThere, CancellationToken ct)
    {
        var policy = services.GetRequiredService<IOptions<PolicyOptions>>().Value;
        var words = Mode(policy.Mode) + " " + Belts(policy);
        if (!databaseIsThere)
        {
            return Check.Unknown("policy", null, words + " Whether the brake is on stands in the database.");
        }

        var brake = await Brake.ReadAsync(services.GetRequiredService<NpgsqlDataSource>(), ct);
        return Check.Ok("policy", null, words + (brake.IsOn ? $" The brake is on ({brake.Reason}): nothing but releases is carried out." : " The brake is off."));
    }

    private static string Mode(PolicyMode mode) => mode switch
    {
        PolicyMode.Observe => "Mode observe: cases are opened and AWS is only read.",
        PolicyMode.Propose => "Mode propose: an act begins when a person confirms its case.",
        _ => "Mode enforce: acts begin by themselves within guards and caps.",
    };

    private static string Belts(PolicyOptions policy)
    {
        var caps = policy.Caps;
        return string.Create(CultureInfo.InvariantCulture,
            $"Caps: {caps.PerFiveMinutes} acts in 5 minutes, {caps.PerHour} in an hour, {caps.PerOwnerAndHour} an owner and hour, {caps.FleetPercentPerDay} % of the fleet a day; ")
            + (policy.MinimumHistory > TimeSpan.Zero
                ? string.Create(CultureInfo.InvariantCulture, $"a scope is watched for {policy.MinimumHistory.TotalDays:0.##} days before the first.")
                : "no warm-up.");
    }
}
