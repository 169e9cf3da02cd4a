using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace Watchdog.Cli;

/// <summary>
/// Ranges of numbers on the command line. The text is read here, not through the result's value: that one throws where the text is no
/// number, and its own message names a type instead of what to write.
/// </summary>
internal static class NumberRange
{
    /// <summary>Refuses what is no number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    /// <param name="option">An option with at most one argument.</param>
    /// <param name="least">The least that is taken.</param>
    /// <param name="most">The most that is taken.</param>
    /// <param name="takes">The range in words, as the message ends.</param>
    public static void Within<TNumber>(this Option option, TNumber least, TNumber most, string takes)
        where TNumber : INumber<TNumber> =>
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(TNumber.TryParse(token.Value, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most))
            {
                result.AddError($"{option.Name} takes {takes}, not '{token.Value}'.");
            }
        });
}
