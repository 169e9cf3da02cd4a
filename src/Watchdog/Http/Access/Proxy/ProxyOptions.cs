using System.Net;

namespace Watchdog.Http.Access.Proxy;

/// <summary>
/// Section <c>Access:Proxy</c>: a reverse proxy before the listener that signs people in and says in headers who they are. Off until addresses are listed; the
/// proxy must set the headers itself and drop those that a browser sends.
/// </summary>
public sealed class ProxyOptions
{
    private const string Path = $"{AccessOptions.Section}:Proxy";

    /// <summary>Addresses (<c>10.0.0.5</c>) and networks (<c>10.0.0.0/28</c>) from which the headers are believed; default none: never.</summary>
    public string[] Networks { get; set; } = [];

    /// <summary>The header with the person's name, as the audit trail will name them; default <c>X-Forwarded-User</c>.</summary>
    public string UserHeader { get; set; } = "X-Forwarded-User";

    /// <summary>The header with the person's groups, separated by commas; default <c>X-Forwarded-Groups</c>.</summary>
    public string GroupsHeader { get; set; } = "X-Forwarded-Groups";

    /// <summary>Which groups have which role.</summary>
    public RoleMap Roles { get; set; } = new();

    /// <summary>Whether a proxy is believed at all.</summary>
    internal bool IsOn => Networks.Length > 0;

    /// <summary>The networks, an address as the network of itself.</summary>
    internal IReadOnlyList<IPNetwork> Trusted() => [.. Networks.Select(text => Read(text)!.Value)];

    /// <summary>What is wrong, by name.</summary>
    internal IEnumerable<string> Errors()
    {
        foreach (var text in Networks.Where(text => Read(text) is null))
        {
            yield return $"{Path}:Networks has '{text}'; it must be an address or a network, such as 10.0.0.5 or 10.0.0.0/28.";
        }

        if (Networks.Any(text => Read(text) is { PrefixLength: 0 }))
        {
            yield return $"{Path}:Networks has a network of every address: then anybody could say who they are. List the proxy's own.";
        }

        foreach (var (key, value) in new[] { (nameof(UserHeader), UserHeader), (nameof(GroupsHeader), GroupsHeader) })
        {
            if (value.Length is 0 or > 100 || !value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            {
                yield return $"{Path}:{key} is '{value}'; it must be a header's name.";
            }
        }

        if (IsOn && Roles.IsEmpty)
        {
            yield return $"{Path}:Roles gives no group a role, so nobody whom the proxy names could come in: name groups for Viewer, Operator or Admin ('*' is everybody).";
        }
    }

    private static IPNetwork? Read(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : null;
}
