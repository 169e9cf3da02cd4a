using Watchdog.Owners.Links;

namespace Watchdog.Owners.Holds;

/// <summary>What a link lets its bearer do: place one hold on one VM, on account of one warning.</summary>
/// <param name="Warning">Key in <c>idle_warning</c>.</param>
/// <param name="Deadline">The warning's, to the second, fleet time.</param>
/// <param name="Expires">When the link ends, to the second, wall time.</param>
public sealed record HoldClaim(long Warning, string InstanceId, DateTimeOffset Deadline, DateTimeOffset Expires);

/// <summary>Links by which owners keep a VM.</summary>
public sealed class HoldLinks(SignedLinks links)
{
    private const string Purpose = "watchdog-hold-1";

    /// <summary>The link for a claim.</summary>
    public Uri LinkFor(HoldClaim claim) => links.LinkFor(
        $"/v1/vms/{Uri.EscapeDataString(claim.InstanceId)}/hold", Purpose,
        SignedLinks.Field(claim.Warning), claim.InstanceId, SignedLinks.Field(claim.Deadline), SignedLinks.Field(claim.Expires));

    /// <summary>Reads a token; null: it is none of ours. Whether it has expired is for the caller to see.</summary>
    public HoldClaim? Read(string? token) => links.Read(Purpose, token) is [var warning, var vm, var deadline, var expires]
        ? new(SignedLinks.Number(warning), vm, SignedLinks.Instant(deadline), SignedLinks.Instant(expires)) : null;
}
