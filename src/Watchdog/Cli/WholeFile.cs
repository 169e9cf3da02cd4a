using System.Text;

namespace Watchdog.Cli;

/// <summary>A file that is there whole or not at all: written beside its place and moved there at the end.</summary>
internal static class WholeFile
{
    /// <summary>Writes it as UTF-8; what was there before stays when the writing fails.</summary>
    public static async Task<T> WriteAsync<T>(FileInfo file, Func<TextWriter, Task<T>> write)
    {
        var beside = $"{file.FullName}.{Guid.NewGuid():N}.part";
        try
        {
            T result;
            await using (var output = new StreamWriter(beside, append: false, new UTF8Encoding(false)))
            {
                result = await write(output);
            }

            File.Move(beside, file.FullName, overwrite: true);
            return result;
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
