using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Watchdog.Inventory;
using Watchdog.Reports.Abuse;

namespace Watchdog.Cli.Abuse;

/// <summary>What is known about a notice, for people or as JSON.</summary>
internal sealed record AbusePage(Notice Notice, IReadOnlyList<AbuseAnswer> Answers, long Running, long Unaddressed, DateTimeOffset Now)
{
    public async Task WriteAsync(TextWriter output, bool json)
    {
        if (json)
        {
            await output.WriteLineAsync(CliJson.Write(AbuseJson.Of(this)));
            return;
        }

        foreach (var answer in Answers)
        {
            await WriteAsync(output, answer);
        }

        foreach (var remark in Notice.Remarks)
        {
            await output.WriteLineAsync(Screen.Plain(remark));
        }
    }

    /// <summary>Why no VM is named, in a sentence.</summary>
    public string Nobody(AbuseAnswer of) =>
        IsPrivate(of.Sighting.Address) ? $"{of.Sighting.Address} is a private address: a notice must name the public one."
        : of.Sighting.At < Now - AddressRepository.Kept ? $"Nothing is known: addresses are kept for {AddressRepository.Kept.TotalDays:0} days."
        : of.Unknown.Count > 0 ? "No VM that was seen had it; who had it where nobody looked is not known:"
        : string.Create(CultureInfo.InvariantCulture,
            $"No managed VM had it. {Unaddressed} of {Running} running VMs have no public address of their own (behind a NAT): if it is a NAT gateway's, only its flow logs tell them apart.");

    private async Task WriteAsync(TextWriter output, AbuseAnswer of)
    {
        await LineAsync($"{of.Sighting.Address}{(of.Sighting.Port is { } port ? $" port {port}" : "")} at {Screen.At(of.Sighting.At)}");
        if (of.Leads.Count == 0)
        {
            await LineAsync("  " + Nobody(of));
        }

        foreach (var lead in of.Leads)
        {
            var interval = lead.Holder.Interval;
            await LineAsync($"  {AbuseJson.NameOf(lead.Holder.Certainty)}: {interval.InstanceId} of {interval.Owner}{(interval.Plan is { } plan ? $" (plan {plan})" : "")}{(interval.InterfaceId is { } nic ? $", interface {nic}" : "")}: {lead.Holder.Words}");
            foreach (var found in lead.Cases)
            {
                await LineAsync($"    case {found.Id}: {found.Class}, {found.State}, opened {Screen.At(found.OpenedAt)}: {found.Reason}");
            }

            foreach (var c in lead.Connections)
            {
                await LineAsync($"    connection at {Screen.At(c.TakenAt)}: pid {c.Pid}{(c.Process is { } name ? $" ({name})" : "")}, local port {c.LocalPort}, to {c.PeerAddress} port {c.PeerPort}");
            }

            if (lead.Cases.Count == 0)
            {
                await LineAsync("    no case within a week of it");
            }
        }

        foreach (var unknown in of.Unknown)
        {
            await LineAsync("  unknown: " + unknown);
        }

        Task LineAsync(string text) => output.WriteLineAsync(Screen.Plain(text));
    }

    private static bool IsPrivate(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal || IPAddress.IsLoopback(address);
        }

        var b = address.GetAddressBytes();
        return b[0] is 10 or 127 || (b[0] == 172 && b[1] is >= 16 and <= 31) || (b[0] == 192 && b[1] == 168) || (b[0] == 169 && b[1] == 254)
            || (b[0] == 100 && b[1] is >= 64 and <= 127);
    }
}
