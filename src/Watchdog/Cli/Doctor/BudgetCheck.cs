using Npgsql;
using Watchdog.Telemetry.Spending;

namespace Watchdog.Cli.Doctor;

/// <summary>How the month's AWS bill stands, and what is left off because of it.</summary>
internal static class BudgetCheck
{
    public static async Task<Check> RunAsync(IServiceProvider services, bool databaseIsThere, CancellationToken ct)
    {
        if (!databaseIsThere)
        {
            return Check.Unknown("AWS budget", null, "the month's spending stands in the database");
        }

        try
        {
            var stands = await services.GetRequiredService<SpendBook>().SettleAsync(ct);
            return stands.Level == Thrift.None
                ? Check.Ok("AWS budget", null, stands.Reason)
                : Check.Wrong("AWS budget", null, stands.Reason, "Raise Aws:MonthlyBudgetUsd, or leave it so until the month ends.");
        }
        catch (NpgsqlException e)
        {
            return Check.Unknown("AWS budget", null, e.Message);
        }
    }
}
