using System.Globalization;

namespace Watchdog.Bench.Slo.Books;

/// <summary>How made-up things are called.</summary>
internal static class Names
{
    public static string Region(int number) => Text($"region-{number + 1:00}");

    public static string Type(int number) => Text($"m{number / 6}.size-{number % 6}");

    public static string Plan(int number) => Text($"plan-{number + 1}");

    public static string Owner(int number) => Text($"owner-{number:000000}");

    public static string Vm(int number) => Text($"i-{number:x17}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
