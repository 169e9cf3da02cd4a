using Watchdog.Aws;
using Watchdog.Inventory;

namespace Watchdog.Cli.Doctor;

/// <summary>Whether AWS knows the credentials, whose they are, and whether its clock is this machine's.</summary>
internal static class CredentialsCheck
{
    /// <summary>AWS refuses signatures at five minutes; a minute is where the uptime books begin to lie.</summary>
    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(1);

    /// <summary>AWS's codes for a signature that is too old or from the future.</summary>
    private static readonly string[] ClockCodes = ["RequestExpired", "RequestTimeTooSkewed", "RequestInTheFuture", "InvalidSignatureException"];

    public static IEnumerable<Check> Of(Scope scope, CallerIdentity who)
    {
        yield return who.State switch
        {
            AccessState.Allowed when Account(scope) is { } wanted && wanted != who.Account => Check.Wrong("credentials", scope.Key,
                $"{who.Arn} belongs to account {who.Account}, and the scope says {wanted}",
                "Set Inventory:Scopes:…:RoleArn to a role of that account, or correct AccountId."),
            AccessState.Allowed => Check.Ok("credentials", scope.Key, $"account {who.Account}, {who.Arn}"),
            AccessState.Denied => Check.Wrong("credentials", scope.Key, $"AWS refuses them: {who.Code}: {who.Message}",
                "Give the worker credentials (an instance profile, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE); for a role, let it be assumed by them.\n"
                + "aws sts get-caller-identity   # shows which are in use"),
            _ => Check.Wrong("credentials", scope.Key, $"AWS could not be asked: {who.Code}: {who.Message}",
                "Check that there are credentials, AWS_ENDPOINT_URL if it is set, the way to AWS (proxy, VPC endpoint for STS), and DNS."),
        };
        if (who.Skew is { } skew)
        {
            yield return ClockWords.Of("clock against AWS", scope.Key, skew, MostSkew, "AWS");
        }
        else
        {
            yield return ClockCodes.Contains(who.Code)
                ? Check.Wrong("clock against AWS", scope.Key, $"AWS refuses the signature's time: {who.Code}", "timedatectl set-ntp true")
                : Check.Unknown("clock against AWS", scope.Key, "AWS gave no answer to read its clock from");
        }
    }

    private static string? Account(Scope scope) =>
        scope.Key.Split('/')[0] is { Length: 12 } account && account.All(char.IsAsciiDigit) ? account : null;
}
