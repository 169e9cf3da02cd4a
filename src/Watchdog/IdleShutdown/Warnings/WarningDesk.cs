using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Ledger;

namespace Watchdog.IdleShutdown.Warnings;

/// <summary>Gives warnings, in the transaction of the admission that decided so: the row, the event and the guest's message are there together or not at all.</summary>
public sealed class WarningDesk(WarningReceiver receiver)
{
    /// <summary>Warns of a stop, and says so at the stop; does nothing where the VM has a warning already.</summary>
    /// <returns>Whether a warning was given.</returns>
    public async Task<bool> WarnAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ActRecord stop, IdleRecord vm, string code, IdlePolicy policy, DateTimeOffset now, CancellationToken ct)
    {
        if (await WarningTable.AddAsync(connection, transaction, stop, vm.Owner, code, policy, receiver.Configured, now, ct) is not { } warning)
        {
            return false;
        }

        await WarningNote.AppendAsync(connection, transaction, warning, WarningNote.Warned, stop.Reason, now, ct);
        await CaselessActs.HoldAsync(connection, transaction, stop, warning.Holds, now, ct);
        await TellGuestAsync(connection, transaction, warning, now, ct);
        return true;
    }

    /// <summary>Records the message to the guest; where another one is still under way there, it is recorded later.</summary>
    internal static async Task TellGuestAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IdleWarning warning, DateTimeOffset now, CancellationToken ct)
    {
        var order = new MessageOrder(warning.Code, warning.Deadline, warning.Lead, warning.Waits);
        if (await SendAsync(connection, transaction, warning, order, $"warning {warning.Id} of its stop (act {warning.ActId})", now, ct) is { } act)
        {
            await WarningTable.TellsGuestAsync(connection, transaction, warning.Id, act.Id, ct);
        }
    }

    /// <summary>Records the message that calls the stop off; where another one is still under way there, it is recorded later.</summary>
    internal static async Task CallOffAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IdleWarning warning, DateTimeOffset now, CancellationToken ct)
    {
        var order = new MessageOrder(MessageCodes.Cancelled, now, TimeSpan.Zero, false);
        if (await SendAsync(connection, transaction, warning, order, $"warning {warning.Id} is called off", now, ct) is { } act)
        {
            await WarningTable.CallsOffAsync(connection, transaction, warning.Id, act.Id, ct);
        }
    }

    private static Task<ActRecord?> SendAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IdleWarning warning, MessageOrder order, string reason, DateTimeOffset now, CancellationToken ct) =>
        CaselessActs.AddAsync(
            connection, transaction,
            new NewCaselessAct(
                warning.InstanceId, warning.Scope, ActKinds.Notify, ActStates.Admitted, reason, Audit.Machine, ProgramVersion.Current, null, LedgerJson.Write(order)),
            now, ct);
}
