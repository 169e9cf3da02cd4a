using System.CommandLine;
using System.Text.Json;
using Watchdog.Detection;
using Watchdog.Diagnostics;
using Watchdog.Sweeps.Explaining;

namespace Watchdog.Cli;

/// <summary><c>watchdog explain VM</c>: everything that speaks for and against a VM. Reads only.</summary>
internal static class ExplainCommand
{
    private const long LargestFile = 1 << 20;

    public static Command Create()
    {
        var vm = new Argument<string?>("VM") { Description = "Instance id of a running VM.", Arity = ArgumentArity.ZeroOrOne };
        var snapshot = new Option<FileInfo?>("--snapshot") { Description = "A saved output of the inspection document instead of a live VM; nothing is asked.", HelpName = "FILE" };
        var cpu = new Option<float?>("--cpu") { Description = "With --snapshot: CPU percent that CloudWatch showed. Without it the guest alone confirms nothing.", HelpName = "PERCENT" };
        var vcpus = new Option<int>("--vcpus") { Description = "With --snapshot: the VM's vCPUs.", HelpName = "N", DefaultValueFactory = _ => 2 };
        var json = GlobalOptions.Json();
        var command = new Command("explain", "Why a VM is judged as it is: each piece of evidence with its weight, for and against. Reads only.") { vm, snapshot, cpu, vcpus, json };
        command.SetAction((parse, ct) => CommandEdge.RunAsync(async () =>
        {
            var explanation = (parse.GetValue(vm), parse.GetValue(snapshot)) switch
            {
                ({ } id, null) => await LiveAsync(parse, id, ct),
                (null, { } file) => Saved(parse, file, parse.GetValue(cpu), parse.GetValue(vcpus)),
                _ => throw new UsageException("Name either a VM or --snapshot FILE."),
            };
            if (parse.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(ExplainReport.Of(explanation), SweepPass.Shape));
            }
            else
            {
                ExplainPage.Print(explanation);
            }

            return ExitCodes.Ok;
        }, ct));
        return command;
    }

    private static async Task<Explanation> LiveAsync(ParseResult parse, string id, CancellationToken ct)
    {
        var builder = CliHost.Create(parse, quiet: LogLevel.Warning);
        builder.Services.AddWorker(builder.Configuration);
        using var host = builder.Build();
        await using var services = (IAsyncDisposable)host;
        await SchemaGate.PassAsync(host.Services, ct);
        try
        {
            return await host.Services.GetRequiredService<VmExplainer>().ExplainAsync(id, ct);
        }
        catch (ArgumentException fault)
        {
            throw new UsageException(fault.Message);
        }
    }

    private static Explanation Saved(ParseResult parse, FileInfo file, float? cpu, int vcpus)
    {
        if (cpu is { } percent && !(percent is >= 0 and <= 100) || vcpus is < 1 or > 1024)
        {
            throw new UsageException("--cpu takes 0 to 100, --vcpus 1 to 1024.");
        }

        if (file.Length > LargestFile)
        {
            throw new UsageException($"'{file.Name}' has {file.Length} bytes; an inspection has at most some 24,000.");
        }

        var builder = CliHost.Create(parse, quiet: LogLevel.Warning);
        builder.Services.AddDiagnostics(builder.Configuration).AddDetection().AddSingleton<SnapshotExplainer>();
        using var host = builder.Build();
        return host.Services.GetRequiredService<SnapshotExplainer>().Explain(file.Name, File.ReadAllText(file.FullName), cpu, vcpus);
    }
}
