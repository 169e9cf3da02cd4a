using System.CommandLine;

namespace Watchdog.Bench.Fleet;

/// <summary>A command that measures with the built worker, bounded in time, and writes one table.</summary>
internal sealed class RunOptions : RootCommand
{
    private readonly Option<int> _minutes;
    private readonly Option<FileInfo> _program = new("--watchdog") { Required = true, Description = "The built worker, which simulates too." };
    private readonly Option<FileInfo?> _output = new("--out") { Description = "File of the table." };

    public RunOptions(int minutes, string description)
        : base(description)
    {
        _minutes = new("--minutes") { DefaultValueFactory = _ => minutes, Description = "Ends the run after so long; its processes with it." };
        Add(_minutes);
        Add(_program);
        Add(_output);
    }

    /// <summary>Where the table goes; null for nowhere.</summary>
    public FileInfo? Output(ParseResult parse) => parse.GetValue(_output);

    /// <summary>Runs it; what it comes to is printed, and written where the command line says.</summary>
    public Task<int> InvokeAsync(string[] args, Func<ParseResult, FileInfo, CancellationToken, Task<string>> measure)
    {
        SetAction(async (parse, ct) =>
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(TimeSpan.FromMinutes(parse.GetValue(_minutes)));
            string table;
            try
            {
                table = await measure(parse, parse.GetRequiredValue(_program), limit.Token);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested)
            {
                await Console.Error.WriteLineAsync("The run was ended before it was done: nothing is written.");
                return 1;
            }

            Console.WriteLine(table);
            if (Output(parse) is { } file)
            {
                file.Directory!.Create();
                await File.WriteAllTextAsync(file.FullName, table, ct);
            }

            return 0;
        });
        return Parse(args).InvokeAsync();
    }
}
