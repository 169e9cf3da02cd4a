using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Watchdog.Webhooks;

namespace Watchdog.Alerts.Receivers;

/// <summary>Section <c>Alerts:Receivers</c> as a whole: receivers by name.</summary>
public sealed class ReceiverSettings
{
    /// <summary>The section's name.</summary>
    public const string Section = "Alerts:Receivers";

    /// <summary>By name.</summary>
    public Dictionary<string, ReceiverOptions> Receivers { get; } = new(StringComparer.Ordinal);
}

/// <summary>Checks every receiver; each failure says what is wrong, where, and how to mend it, and repeats no secret.</summary>
public sealed partial class ReceiverSettingsValidator : IValidateOptions<ReceiverSettings>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ReceiverSettings options)
    {
        var errors = options.Receivers.SelectMany(one => Errors(one.Key, one.Value).Select(error => $"{ReceiverSettings.Section}:{one.Key}{error}")).ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    /// <summary>Whether a URL is one that may be sent to.</summary>
    internal static bool IsSendable(string? url, bool allowHttp) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) && (parsed.Scheme == Uri.UriSchemeHttps || allowHttp && parsed.Scheme == Uri.UriSchemeHttp)
        && parsed.UserInfo.Length == 0 && parsed.Host.Length > 0;

    private static IEnumerable<string> Errors(string name, ReceiverOptions of)
    {
        if (!Named().IsMatch(name))
        {
            yield return ": a receiver's name is 1 to 40 of a-z, 0-9, '-' and '_'.";
        }

        if (of.TimeoutSeconds is < 1 or > 60)
        {
            yield return $":TimeoutSeconds is {of.TimeoutSeconds}; it takes 1 to 60.";
        }

        if (!ReceiverTypes.All.Contains(of.Type))
        {
            yield return $":Type is '{of.Type}'; it takes {string.Join(", ", ReceiverTypes.All)}.";
            yield break;
        }

        string? secret = null, unread = null;
        try
        {
            secret = of.SecretText();
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            unread = $":SecretFile cannot be read: {wrong.Message}";
        }

        if (secret is null)
        {
            yield return unread!;
            yield break;
        }

        if (Error(of, secret) is { } error)
        {
            yield return error;
        }
    }

    private static string? Error(ReceiverOptions of, string secret)
    {
        const string Https = "an absolute https URL without a user (http only with AllowHttp)";
        var urls = Words(of.Url);
        switch (of.Type)
        {
            case ReceiverTypes.Alertmanager:
                return urls.Length == 0 || !urls.All(url => IsSendable(url, of.AllowHttp)) ? $":Url takes every peer's address, separated by spaces, each {Https}."
                    : secret.Any(char.IsControl) ? ":Secret is no value of the header Authorization: it holds a line break." : null;
            case ReceiverTypes.PagerDuty:
                return !RoutingKey().IsMatch(secret) ? ":Secret (or SecretFile) is no routing key: 32 letters and digits, from the service's integration 'Events API v2'."
                    : of.Url is not null && !IsSendable(of.Url, of.AllowHttp) ? $":Url takes {Https}, or nothing for PagerDuty's own." : null;
            case ReceiverTypes.Webhook:
                return !IsSendable(of.Url, of.AllowHttp) ? $":Url takes {Https}." : SignerError(secret);
            default:
                return of.Url is null && secret.Length == 0 ? ":Secret, SecretFile or Url must hold the URL that the receiver gave out."
                    : !IsSendable(of.Url ?? secret, of.AllowHttp) ? $": the URL must be {Https}." : null;
        }
    }

    private static string? SignerError(string secret)
    {
        try
        {
            _ = StandardWebhook.Of(secret);
            return null;
        }
        catch (FormatException wrong)
        {
            return $":Secret (or SecretFile) cannot sign: {wrong.Message}.";
        }
    }

    internal static string[] Words(string? text) => (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex("^[a-z0-9_-]{1,40}$")]
    private static partial Regex Named();

    [GeneratedRegex("^[A-Za-z0-9]{32}$")]
    private static partial Regex RoutingKey();
}
