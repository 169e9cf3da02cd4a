namespace Watchdog.Sweeps.Recorded;

/// <summary>Lines of recorded files that could not be used: each is named with its file and line, and the rest is read on.</summary>
public sealed class BadLines
{
    private const int Kept = 20;
    private readonly Lock _gate = new();
    private readonly List<string> _messages = [];

    /// <summary>How many lines were left out.</summary>
    public int Count { get; private set; }

    /// <summary>The first of them in words: file, line, what is wrong and what is expected.</summary>
    public IReadOnlyList<string> Messages
    {
        get
        {
            lock (_gate)
            {
                return [.. _messages];
            }
        }
    }

    /// <summary>Notes one line.</summary>
    public void Add(string file, long line, string problem)
    {
        lock (_gate)
        {
            Count++;
            if (_messages.Count < Kept)
            {
                _messages.Add($"{file}:{line}: {problem}");
            }
        }
    }
}
