using System.Globalization;
using System.Text;
using Watchdog.IdleShutdown.Savings;
using Watchdog.Reports;

namespace Watchdog.Cli.Idle;

/// <summary>The groups, one row each, RFC 4180 with a header; hours with two decimals, dollars with four.</summary>
internal static class IdleReportCsv
{
    public static string Of(SavingsSum sum)
    {
        StringBuilder csv = new();
        csv.Append(CultureInfo.InvariantCulture, $"{sum.By.ToString().ToLowerInvariant()},stops,vms,vm_hours,usd,vm_hours_without_price,regretted,hibernated\r\n");
        foreach (var row in sum.Rows)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{SafeText.Csv(row.Name)},{row.Stops},{row.Vms},{row.Hours:0.00},{row.Usd:0.0000},{row.HoursWithoutPrice:0.00},{row.Regretted},{row.Hibernated}\r\n");
        }

        return csv.ToString();
    }
}
