using System.Globalization;
using System.Text;
using Watchdog.Slo.Books;

namespace Watchdog.Cli.Slo;

/// <summary>Whether the uptime books hold together, for people.</summary>
internal static class BooksPage
{
    public static string Of(BookAudit found)
    {
        StringBuilder page = new();
        page.Append(CultureInfo.InvariantCulture, $"The uptime books from {Day(found.FirstDay)} to {Day(found.LastDay)} ")
            .Append(found.Holds ? "hold together." : "do not hold together.");
        foreach (var day in found.Broken)
        {
            page.Append(CultureInfo.InvariantCulture,
                $"\n{Day(day.Day)}: {day.Overlaps} VMs with overlapping rows, {day.Gaps} with a gap, {day.Buckets} buckets and {day.Days} days that are not what the rows say");
            if (day.Vms.Count > 0)
            {
                page.Append(CultureInfo.InvariantCulture, $"; VMs: {string.Join(' ', day.Vms.Select(Screen.Plain))}");
            }
        }

        if (found.Broken.Count > 0)
        {
            page.Append("\nThe keeper mends a day when it is written in every scope. What it does not mend comes back daily: the event slo.broken says what it was.");
        }

        if (found.NotJudged > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n{found.NotJudged} VMs cannot be judged and are left out; each is tried again, at the latest after about an hour:");
            foreach (var vm in found.Waiting)
            {
                page.Append(CultureInfo.InvariantCulture, $"\n{Screen.Plain(vm.InstanceId)} since {SloFormat.Full(vm.Since)}: {Screen.Plain(vm.Why)}");
            }
        }

        return page.ToString();
    }

    private static string Day(int day) => BooksJson.DayOf(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
