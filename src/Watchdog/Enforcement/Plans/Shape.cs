using System.Text.Json;
using System.Text.Json.Serialization;
using Watchdog.Enforcement.Notifying;
using Watchdog.Enforcement.Restraining;
using Watchdog.Ledger;

namespace Watchdog.Enforcement.Plans;

/// <summary>Where an Elastic IP stands; both null: it is associated with nothing.</summary>
/// <param name="InterfaceId">The interface that it belongs to.</param>
/// <param name="PrivateIp">The interface's address behind it.</param>
public sealed record AddressPlace(string? InterfaceId, string? PrivateIp);

/// <summary>What a part of a VM looks like, before or after a step: exactly one of the parts is given.</summary>
/// <param name="Groups">An interface's security groups, in EC2's order.</param>
/// <param name="Tags">Tags by key; a null value means that the key is not there.</param>
/// <param name="State">EC2's state name.</param>
/// <param name="TerminationProtected">Whether EC2 refuses to terminate it.</param>
/// <param name="OnShutdown">What a shutdown from inside does: <c>stop</c> or <c>terminate</c>.</param>
/// <param name="Address">Where an Elastic IP stands.</param>
/// <param name="Profile">ARN of the instance profile; empty for none.</param>
/// <param name="Taken">Whether a thing exists that the step makes once (evidence, snapshots, a reboot).</param>
/// <param name="Restraint">What is to become of a process inside; no reading of EC2 shows it.</param>
/// <param name="Via">Beside <paramref name="Groups"/>: the groups that the interface passes through on its way there.</param>
/// <param name="Message">What whoever is logged in was told; no reading of EC2 shows it.</param>
public sealed record Shape(
    IReadOnlyList<string>? Groups = null, IReadOnlyDictionary<string, string?>? Tags = null, string? State = null, bool? TerminationProtected = null,
    string? OnShutdown = null, AddressPlace? Address = null, string? Profile = null, bool? Taken = null, Restraint? Restraint = null,
    IReadOnlyList<string>? Via = null, GuestMessage? Message = null)
{
    /// <summary>Groups of an interface.</summary>
    public static Shape OfGroups(IEnumerable<string> groups) => new(Groups: [.. groups]);

    /// <summary>One tag, or its absence.</summary>
    public static Shape OfTag(string key, string? value) => new(Tags: new Dictionary<string, string?> { [key] = value });

    /// <summary>A VM's state.</summary>
    public static Shape OfState(string state) => new(State: state);

    /// <summary>Whether a reading needs <see cref="VmView.Guards"/> to tell.</summary>
    [JsonIgnore]
    public bool NeedsGuards => TerminationProtected is not null || OnShutdown is not null || Address is not null || Profile is not null;

    /// <summary>
    /// Whether the VM, as just read, shows this shape at the target. EC2 promises no order of groups: they compare as sets. What was not read,
    /// and what no reading shows, does not hold.
    /// </summary>
    public bool HoldsOn(VmView view, string target) => this switch
    {
        { Groups: { } groups } => view.Vm.Interfaces.FirstOrDefault(i => i.InterfaceId == target) is { } found && groups.ToHashSet().SetEquals(found.Groups),
        { Tags: { } tags } => tags.All(tag => view.Vm.Tags.GetValueOrDefault(tag.Key) == tag.Value),
        { State: { } state } => view.Vm.State == state,
        { Taken: not null } or { Restraint: not null } or { Message: not null } => false,
        _ => view.Guards is { } guards && (TerminationProtected is not { } on || guards.TerminationProtected == on)
            && (OnShutdown is not { } behaviour || guards.ShutdownBehaviour == behaviour)
            && (Address is not { } place || PlaceOf(guards, target) == place)
            && (Profile is not { } arn || (guards.Profile?.Arn ?? "") == arn),
    };

    /// <summary>Where the VM has an Elastic IP, by its allocation.</summary>
    public static AddressPlace PlaceOf(VmGuards guards, string allocation) =>
        guards.Addresses.FirstOrDefault(a => a.AllocationId == allocation) is { } held ? new(held.InterfaceId, held.PrivateIp) : new(null, null);

    /// <summary>The shape in words, for plans and differences.</summary>
    [JsonIgnore]
    public string Words => this switch
    {
        { Groups: { } groups, Via: { } via } => $"{string.Join(", ", via)}, then {string.Join(", ", groups)}",
        { Groups: { } groups } => string.Join(", ", groups),
        { Tags: { } tags } => string.Join(", ", tags.Select(tag => tag.Value is null ? $"no tag {tag.Key}" : $"tag {tag.Key}={tag.Value}")),
        { State: { } state } => state,
        { TerminationProtected: { } on } => $"termination protection {(on ? "on" : "off")}",
        { OnShutdown: { } behaviour } => $"a shutdown from inside means {behaviour}",
        { Address: { InterfaceId: { } card } place } => $"associated with {card} ({place.PrivateIp})",
        { Address: not null } => "associated with nothing",
        { Profile: { } arn } => arn.Length == 0 ? "no instance profile" : $"profile {arn}",
        { Restraint: { } restraint } => restraint.Words,
        { Message: { } message } => message.Words,
        { Taken: { } taken } => taken ? "taken" : "not taken",
        _ => "nothing",
    };

    /// <summary>A journalled shape in words; the stored text itself where this version cannot read it.</summary>
    public static string WordsOf(string json)
    {
        try
        {
            return LedgerJson.Read<Shape>(json).Words;
        }
        catch (JsonException)
        {
            return json;
        }
    }
}
