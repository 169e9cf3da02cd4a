using System.Globalization;
using System.IO.Compression;
using CsvHelper;
using CsvHelper.Configuration;

namespace Watchdog.Sweeps.Recorded;

/// <summary>Opens a CSV file, gzipped or not, with a header line whose columns may stand in any order.</summary>
internal static class CsvRows
{
    private const long LongestCell = 1 << 16;

    /// <summary>The parser, its header read.</summary>
    /// <exception cref="RecordedFleetException">The file has no header, or lacks one of the columns.</exception>
    public static CsvReader Open(string path, string name, params ReadOnlySpan<string> columns)
    {
        Stream stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            stream = new GZipStream(stream, CompressionMode.Decompress);
        }

        var csv = new CsvReader(new StreamReader(stream), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            BadDataFound = null,
            MissingFieldFound = null,
            MaxFieldSize = LongestCell,
            TrimOptions = TrimOptions.Trim,
        });
        if (!csv.Read() || !csv.ReadHeader())
        {
            csv.Dispose();
            throw new RecordedFleetException($"{name} is empty: a header line with {string.Join(",", columns.ToArray())} is expected.");
        }

        foreach (var column in columns)
        {
            if (!csv.HeaderRecord!.Contains(column, StringComparer.Ordinal))
            {
                var found = string.Join(",", csv.HeaderRecord!);
                csv.Dispose();
                throw new RecordedFleetException($"{name} has no column '{column}': its header is '{found}'.");
            }
        }

        return csv;
    }

    /// <summary>An instant as ISO 8601, taken as UTC where no zone is given.</summary>
    public static bool TryInstant(string? text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);
}

/// <summary>A recorded fleet that cannot be read at all; the message names file and mend.</summary>
public sealed class RecordedFleetException(string message) : Exception(message);
