using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace Watchdog.Http;

/// <summary>Section <c>Http</c>: the worker's own listener, for the provider's control plane.</summary>
public sealed class HttpOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Http";

    /// <summary>
    /// Address and port, e.g. <c>127.0.0.1:8080</c> or <c>[::1]:8080</c>; null (default): nothing listens. It speaks plain HTTP: put what ends TLS
    /// before it when the address is not a loopback, since keys travel in a header.
    /// </summary>
    public string? Listen { get; set; }

    /// <summary>
    /// Seconds after which an answer that could not be refreshed is no answer any more, 5 to 3600; default 60. A smaller value lets blocked owners
    /// start VMs in a shorter absence of the database.
    /// </summary>
    [Range(5, 3600)]
    public int StaleSeconds { get; set; } = 60;

    /// <summary>Where to listen; null: nowhere.</summary>
    public IPEndPoint? WhereToListen() => string.IsNullOrWhiteSpace(Listen) ? null : IPEndPoint.Parse(Listen);
}

/// <summary>Checks the ranges above.</summary>
[OptionsValidator]
public sealed partial class HttpOptionsValidator : IValidateOptions<HttpOptions>;

/// <summary>Checks that the address is one.</summary>
public sealed class ListenValidator : IValidateOptions<HttpOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, HttpOptions options) =>
        string.IsNullOrWhiteSpace(options.Listen) || IPEndPoint.TryParse(options.Listen, out _) && options.Listen.LastIndexOf(':') > options.Listen.LastIndexOf(']')
            && options.Listen.Contains(':', StringComparison.Ordinal)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Http:Listen is '{options.Listen}'; it must be an address with a port, such as 127.0.0.1:8080 or [::1]:8080.");
}
