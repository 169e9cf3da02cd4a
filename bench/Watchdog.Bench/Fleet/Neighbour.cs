using System.Diagnostics;

namespace Watchdog.Bench.Fleet;

/// <summary>A process beside this one, read line by line; killed when it is not needed any more.</summary>
internal sealed class Neighbour : IDisposable
{
    private readonly Process _process;

    public Neighbour(string program, IEnumerable<string> arguments, IReadOnlyCollection<KeyValuePair<string, string>> variables)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
    }

    public int Pid => _process.Id;

    /// <summary>The next line that is looked for.</summary>
    /// <exception cref="InvalidOperationException">It ended before.</exception>
    public async Task<string> LineAsync(Func<string, bool> wanted, CancellationToken ct)
    {
        while (await _process.StandardOutput.ReadLineAsync(ct) is { } line)
        {
            if (wanted(line))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"{Path.GetFileName(_process.StartInfo.FileName)} ended before it said what was waited for.");
    }

    /// <summary>Ends its standard input.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Ends its standard input, and waits until it has ended by itself.</summary>
    public Task EndAsync(CancellationToken ct)
    {
        CloseInput();
        return _process.WaitForExitAsync(ct);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
