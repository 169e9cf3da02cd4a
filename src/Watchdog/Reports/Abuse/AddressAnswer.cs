using System.Globalization;
using Watchdog.Inventory;

namespace Watchdog.Reports.Abuse;

/// <summary>How sure it is that a VM had an address at an instant.</summary>
public enum Certainty
{
    /// <summary>Complete listings before and after show it there.</summary>
    Held,
    /// <summary>It came or went between two listings, and the instant lies there.</summary>
    Between,
    /// <summary>It had it before, and nobody looked at the instant.</summary>
    Unseen,
}

/// <summary>One VM that had, or may have had, the address.</summary>
/// <param name="Words">What is known, in a sentence.</param>
public sealed record Holder(AddressInterval Interval, Certainty Certainty, string Words);

/// <summary>Who had an address at an instant. Pure; nothing is guessed.</summary>
/// <param name="Holders">The surest first.</param>
/// <param name="Unknown">Spans in which a scope was not seen, in sentences: somebody there may have had it.</param>
public sealed record AddressAnswer(IReadOnlyList<Holder> Holders, IReadOnlyList<string> Unknown)
{
    /// <summary>Judges intervals of one address by what was seen of their scopes.</summary>
    public static AddressAnswer Of(IReadOnlyList<AddressInterval> intervals, IReadOnlyList<ScopeLook> looks, DateTimeOffset at)
    {
        var holders = intervals
            .Select(interval => HolderOf(interval, looks.FirstOrDefault(look => look.Scope == interval.Scope), at)).OfType<Holder>()
            .OrderBy(holder => holder.Certainty).ThenByDescending(holder => holder.Interval.From).ToList();
        return new(holders, [.. looks.Where(look => look.Seen != true).Select(look => UnseenWords(look, at))]);
    }

    private static Holder? HolderOf(AddressInterval of, ScopeLook? look, DateTimeOffset at)
    {
        if (at < of.From)
        {
            return of.SinceAfter is { } after && at <= after ? null
                : new Holder(of, Certainty.Between, of.SinceAfter is { } before
                    ? $"the listing of {At(before)} did not show it there, that of {At(of.From)} did"
                    : $"first seen there at {At(of.From)}, by the first listing there was: since when is not known");
        }

        if (of.To is { } to && at >= to)
        {
            return null;
        }

        if (of.To is { } end && (of.LastSeen is not { } last || at > last))
        {
            return new Holder(of, Certainty.Between,
                $"{(of.LastSeen is { } seen ? $"the listing of {At(seen)}" : "a listing")} showed it there, that of {At(end)} no longer did");
        }

        return look?.Seen == true
            ? new Holder(of, Certainty.Held, $"listed there from {At(of.From)} {(of.LastSeen is { } until ? $"to {At(until)}" : "on")}")
            : new Holder(of, Certainty.Unseen, of.LastSeen is null
                ? $"listed there since {At(of.From)}, last at {At(look?.LastLook ?? of.From)}; at that instant nobody looked"
                : $"listed there before and after, and at that instant nobody looked");
    }

    private static string UnseenWords(ScopeLook look, DateTimeOffset at) =>
        look.Seen == false
            ? $"scope {look.Key} was not seen from {At(look.From!.Value)} to {At(look.To!.Value)}{(look.Detail is { } why ? $" ({why})" : "")}"
            : look.LastLook is { } last ? $"scope {look.Key} was not listed at {At(at)}; the last complete listing before was that of {At(last)}"
            : $"scope {look.Key} was not watched before or at {At(at)}";

    private static string At(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
