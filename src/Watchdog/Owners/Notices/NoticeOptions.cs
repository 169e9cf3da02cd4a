using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Watchdog.Webhooks;

namespace Watchdog.Owners.Notices;

/// <summary>Section <c>Notices</c>: the signed webhook that tells the provider's control plane what to tell a VM's owner. Off without a URL.</summary>
public sealed class NoticeOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Notices";

    /// <summary>Where notices go, an absolute https URL; null (default): nowhere, and nothing is written for later.</summary>
    public string? Url { get; set; }

    /// <summary>
    /// Secrets that sign, <c>whsec_…</c> each, separated by spaces while they rotate. Better given by the environment (<c>Notices__Secret</c>) or by
    /// <see cref="SecretFile"/> than written into a configuration file.
    /// </summary>
    public string? Secret { get; set; }

    /// <summary>A file with the secrets, instead of <see cref="Secret"/>; read at start.</summary>
    public string? SecretFile { get; set; }

    /// <summary>Whether the URL may be http. Default false: who reads along learns what owners did.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>Whether the URL may lead to loopback, private, link-local or otherwise reserved addresses. Default false.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>Seconds until an attempt is given up, 1 to 60; default 20.</summary>
    [Range(1, 60)]
    public int TimeoutSeconds { get; set; } = 20;

    /// <summary>Days within which an owner may object, as the notice says, 1 to 365; default 14.</summary>
    [Range(1, 365)]
    public int AppealDays { get; set; } = 14;

    /// <summary>Where to object, as the notice says it: an address or a page. Null (default): the provider's support.</summary>
    public string? AppealContact { get; set; }

    /// <summary>The target; null while there is no URL.</summary>
    /// <exception cref="FormatException">The secrets are none.</exception>
    internal WebhookTarget? Target() => string.IsNullOrWhiteSpace(Url) ? null : new WebhookTarget(
        new Uri(Url, UriKind.Absolute), StandardWebhook.Of(Secrets()), AllowPrivateAddresses, TimeSpan.FromSeconds(TimeoutSeconds));

    /// <summary>The secrets' text.</summary>
    internal string Secrets() => string.IsNullOrWhiteSpace(SecretFile) ? Secret ?? "" : File.ReadAllText(SecretFile);
}

/// <summary>Checks the ranges above.</summary>
[OptionsValidator]
public sealed partial class NoticeOptionsValidator : IValidateOptions<NoticeOptions>;

/// <summary>Checks the URL and the secrets; a failure never repeats a secret.</summary>
public sealed class NoticeTargetValidator : IValidateOptions<NoticeOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, NoticeOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Url))
        {
            return ValidateOptionsResult.Success;
        }

        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps && !(options.AllowHttp && url.Scheme == Uri.UriSchemeHttp))
        {
            return ValidateOptionsResult.Fail("Notices:Url must be an absolute https URL (http only where Notices:AllowHttp says so).");
        }

        try
        {
            _ = StandardWebhook.Of(options.Secrets());
            return ValidateOptionsResult.Success;
        }
        catch (FormatException wrong)
        {
            return ValidateOptionsResult.Fail($"Notices:Url needs Notices:Secret or Notices:SecretFile: {wrong.Message}.");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return ValidateOptionsResult.Fail($"Notices:SecretFile cannot be read: {wrong.Message}");
        }
    }
}
