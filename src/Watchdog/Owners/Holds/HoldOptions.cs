using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Watchdog.Owners.Links;

namespace Watchdog.Owners.Holds;

/// <summary>Section <c>Holds</c>: how long the control plane and owners may keep a VM from idle stops, and the links by which owners do.</summary>
public sealed class HoldOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Holds";

    /// <summary>Days that one hold may last at most, 1 to 90; default 14. What is to last longer is renewed, or is a policy's.</summary>
    [Range(1, 90)]
    public int LongestDays { get; set; } = 14;

    /// <summary>
    /// Where owners reach the worker's listener, an absolute https URL such as <c>https://watchdog.example.com</c>: links in warnings and notices begin with it.
    /// Null (default): they bear no link. Only <c>/v1/vms/…/hold</c> and <c>/v1/cases/…/appeal</c> need be reachable there.
    /// </summary>
    public string? LinkBaseUrl { get; set; }

    /// <summary>
    /// Secrets that sign links, 32 to 64 bytes in base64 each, separated by white space: the first one signs, all are accepted while they rotate. Better given
    /// by the environment (<c>Holds__LinkSecret</c>) or by <see cref="LinkSecretFile"/> than written into a configuration file.
    /// </summary>
    public string? LinkSecret { get; set; }

    /// <summary>A file with the secrets, instead of <see cref="LinkSecret"/>; read at start.</summary>
    public string? LinkSecretFile { get; set; }

    /// <summary>Hours for which a link that keeps a VM is good, 1 to 336; default 24. A VM that was stopped meanwhile is not started by it.</summary>
    [Range(1, 336)]
    public int LinkHours { get; set; } = 24;

    /// <summary><see cref="LongestDays"/>.</summary>
    internal TimeSpan Longest => TimeSpan.FromDays(LongestDays);

    /// <summary>Signs and checks links; null while there is no URL.</summary>
    /// <exception cref="FormatException">The secrets are none.</exception>
    internal SignedLinks? Links() => string.IsNullOrWhiteSpace(LinkBaseUrl) ? null
        : SignedLinks.Of(new Uri(LinkBaseUrl, UriKind.Absolute), string.IsNullOrWhiteSpace(LinkSecretFile) ? LinkSecret ?? "" : File.ReadAllText(LinkSecretFile));
}

/// <summary>Checks the ranges above.</summary>
[OptionsValidator]
public sealed partial class HoldOptionsValidator : IValidateOptions<HoldOptions>;

/// <summary>Checks the URL and the secrets; a failure never repeats a secret.</summary>
public sealed class HoldLinkValidator : IValidateOptions<HoldOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, HoldOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.LinkBaseUrl))
        {
            return ValidateOptionsResult.Success;
        }

        if (!Uri.TryCreate(options.LinkBaseUrl, UriKind.Absolute, out var url) || url.Query.Length > 0 || url.Fragment.Length > 0
            || url.Scheme != Uri.UriSchemeHttps && !(url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
        {
            return ValidateOptionsResult.Fail("Holds:LinkBaseUrl must be an absolute https URL without query (http only for a loopback address): whoever reads a link along can use it.");
        }

        try
        {
            _ = options.Links();
            return ValidateOptionsResult.Success;
        }
        catch (FormatException wrong)
        {
            return ValidateOptionsResult.Fail($"Holds:LinkBaseUrl needs Holds:LinkSecret or Holds:LinkSecretFile: {wrong.Message}.");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return ValidateOptionsResult.Fail($"Holds:LinkSecretFile cannot be read: {wrong.Message}");
        }
    }
}
