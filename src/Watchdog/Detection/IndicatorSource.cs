using Microsoft.Extensions.Options;
using Watchdog.Detectors.Mining;

namespace Watchdog.Detection;

/// <summary>
/// The indicators in force. Each sweep asks; when the file has changed it is read again, and where it is bad the old set stays, with one
/// warning for each bad text. Safe from several threads.
/// </summary>
public sealed class IndicatorSource
{
    private readonly string _path;
    private readonly ILogger<IndicatorSource> _log;
    private readonly Lock _gate = new();
    private (DateTime ChangedAt, long Length) _stamp;
    private string _text;
    private IndicatorSet _set;

    /// <summary>Reads the file for the first time.</summary>
    /// <exception cref="OptionsValidationException">It cannot be read or holds a fault; all of them are named.</exception>
    public IndicatorSource(IOptions<DetectionOptions> options, ILogger<IndicatorSource> log)
    {
        _path = options.Value.IndicatorsFile is { Length: > 0 } file ? file : Path.Combine(AppContext.BaseDirectory, "indicators.json");
        _log = log;
        var (text, stamp, fault) = TryRead();
        var (set, faults) = text is null ? (null, [fault!]) : IndicatorFile.Parse(text);
        _set = set ?? throw new OptionsValidationException(DetectionOptions.Section, typeof(DetectionOptions),
            faults.Select(wrong => $"{DetectionOptions.Section}:{nameof(DetectionOptions.IndicatorsFile)} '{_path}': {wrong}."));
        (_text, _stamp) = (text!, stamp);
    }

    /// <summary>The set in force now.</summary>
    public IndicatorSet Current()
    {
        lock (_gate)
        {
            if (StampOf() != _stamp)
            {
                Reload();
            }

            return _set;
        }
    }

    private void Reload()
    {
        var (text, stamp, fault) = TryRead();
        _stamp = stamp;
        if (text is null)
        {
            Log.IndicatorsKept(_log, _path, _set.Version, fault!);
        }
        else if (text != _text)
        {
            _text = text;
            var (set, faults) = IndicatorFile.Parse(text);
            if (set is null)
            {
                Log.IndicatorsKept(_log, _path, _set.Version, string.Join("; ", faults));
                return;
            }

            _set = set;
            Log.IndicatorsLoaded(_log, set.Version, set.Count);
        }
    }

    // The stamp first: a file that is written while it is read has another one afterwards, and is read again.
    private (string? Text, (DateTime, long) Stamp, string? Fault) TryRead()
    {
        var stamp = StampOf();
        try
        {
            return (File.ReadAllText(_path), stamp, null);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return (null, stamp, $"it cannot be read ({fault.Message})");
        }
    }

    private (DateTime, long) StampOf()
    {
        var file = new FileInfo(_path);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
    }
}
