using System.CommandLine;
using System.Globalization;
using System.Reflection;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;
using Watchdog.Bench.Fleet;

namespace Watchdog.Bench.Suites;

/// <summary><c>suites</c>: the short suites of reading, writing and asking, by BenchmarkDotNet, as one table.</summary>
internal static class SuitesCommand
{
    private static readonly Type[] Suites = [typeof(WireSuite), typeof(StoreSuite), typeof(BooksSuite)];

    public static Task<int> RunAsync(string[] args)
    {
        var iterations = new Option<int>("--iterations") { DefaultValueFactory = _ => 9, Description = "Measured iterations of each, 3 to 100." };
        iterations.Validators.Add(said =>
        {
            if (said.GetValue(iterations) is < 3 or > 100)
            {
                said.AddError("--iterations takes 3 to 100.");
            }
        });
        var output = new Option<FileInfo?>("--out") { Description = "File of the table." };
        var command = new RootCommand("The suites.") { iterations, output };
        command.SetAction(async (parse, ct) =>
        {
            var load = ProcessCost.Load();
            var artifacts = Directory.CreateTempSubdirectory("watchdog-suites-");
            try
            {
                await using var cluster = await SuiteCluster.StartAsync(ct);
                var config = Config(parse.GetValue(iterations), artifacts.FullName);
                List<Summary> summaries = [];
                foreach (var suite in Suites)
                {
                    await Console.Error.WriteLineAsync(suite.Name);
                    summaries.Add(BenchmarkRunner.Run(suite, config));
                    ct.ThrowIfCancellationRequested();
                }

                var table = SuitesTable.Write(summaries.SelectMany(Rows).ToList(), parse.GetValue(iterations), Machine.Here().Line(load, ProcessCost.Load()));
                Console.WriteLine(table);
                if (parse.GetValue(output) is { } file)
                {
                    await File.WriteAllTextAsync(file.FullName, table, ct);
                }

                return 0;
            }
            finally
            {
                artifacts.Delete(recursive: true);
            }
        });
        return command.Parse(args).InvokeAsync();
    }

    private static ManualConfig Config(int iterations, string artifacts) => ManualConfig.CreateEmpty()
        .AddJob(Job.Default.WithWarmupCount(2).WithIterationCount(iterations).WithIterationTime(TimeInterval.FromMilliseconds(200)).WithToolchain(InProcessEmitToolchain.Instance))
        .AddDiagnoser(MemoryDiagnoser.Default).AddColumnProvider(DefaultColumnProviders.Instance).AddLogger(NullLogger.Instance)
        .WithOptions(ConfigOptions.DisableLogFile).WithArtifactsPath(artifacts);

    private static IEnumerable<SuiteFigures> Rows(Summary summary) => summary.Reports.Select(report =>
    {
        var row = report.BenchmarkCase.Descriptor.WorkloadMethod.GetCustomAttribute<SuiteRowAttribute>()!;
        var what = report.BenchmarkCase.Parameters.Items.Count > 0 ? (string)report.BenchmarkCase.Parameters.Items[0].Value : row.What;
        var took = report.ResultStatistics ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"'{what}' could not be measured."));
        return new SuiteFigures(
            summary.BenchmarksCases[0].Descriptor.Type.Name, what, row.Vms, took.Mean, took.Min, took.StandardDeviation, report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0);
    });
}

/// <summary>One row.</summary>
/// <param name="Suite">The suite's type.</param>
/// <param name="What">In words.</param>
/// <param name="Vms">VMs an operation; 0 without meaning.</param>
/// <param name="Mean">Nanoseconds.</param>
/// <param name="Least">Nanoseconds of the fastest iteration.</param>
/// <param name="Deviation">Standard deviation, nanoseconds.</param>
/// <param name="Allocated">Managed bytes an operation.</param>
internal sealed record SuiteFigures(string Suite, string What, int Vms, double Mean, double Least, double Deviation, long Allocated);
