using System.Globalization;
using System.Text;
using Spectre.Console;

namespace Watchdog.Cli;

/// <summary>What a command writes for people: tables on a writer, and texts of others made harmless.</summary>
internal static class Screen
{
    /// <summary>A file or a pipe has no width of its own; eighty columns would break every table.</summary>
    private const int WidthOfFiles = 200;

    /// <summary>The terminal where there is one, else plain text of a fixed width.</summary>
    public static IAnsiConsole On(TextWriter output)
    {
        if (ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected)
        {
            return AnsiConsole.Console;
        }

        var plain = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(output),
        });
        plain.Profile.Width = WidthOfFiles;
        return plain;
    }

    /// <summary>
    /// A text that a guest, an owner or AWS chose, on one line of a terminal: what would move the cursor, colour the screen, break the line
    /// or turn the direction of writing is spelled out.
    /// </summary>
    public static string Plain(string text)
    {
        StringBuilder shown = new(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var obeyed = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse;
            shown.Append(obeyed ? string.Create(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}") : rune.ToString());
        }

        return shown.ToString();
    }

    /// <summary>Such a text in a table's cell, where brackets would be markup besides.</summary>
    public static string Cell(string? text) => text is null ? "" : Markup.Escape(Plain(text));

    /// <summary>An instant, to the second, UTC.</summary>
    public static string At(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";
}
