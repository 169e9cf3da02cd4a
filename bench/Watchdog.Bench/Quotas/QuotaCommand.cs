using System.Globalization;

namespace Watchdog.Bench.Quotas;

/// <summary><c>scripts/bench quotas</c>: what a fleet's size asks of AWS's quotas and of the purse. Pure arithmetic over the worker's own buckets: seconds, no AWS.</summary>
internal static class QuotaCommand
{
    private static readonly int[] Sizes = [1_000, 10_000, 50_000, 150_000, 300_000, 500_000, 700_000, 1_000_000];

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not ["--out", { } path])
        {
            await Console.Error.WriteLineAsync("scripts/bench quotas takes no options.");
            return 2;
        }

        var table = QuotaTable.Of([.. Sizes.Select(size => (QuotaSimulation.Run(size, 0.5), QuotaSimulation.Run(size, 1)))]);
        await File.WriteAllTextAsync(path, table);
        await File.WriteAllTextAsync(Path.ChangeExtension(path, ".svg"), QuotaPlot.Of(Sizes));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table}\nWritten to {path}, the plot beside it."));
        return 0;
    }
}
