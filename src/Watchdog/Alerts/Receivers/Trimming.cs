using Watchdog.Alerts.Notifications;
using Watchdog.Ledger;

namespace Watchdog.Alerts.Receivers;

/// <summary>What was left out of a notification so that it fits a receiver's limit.</summary>
/// <param name="Members">Of the worst members.</param>
/// <param name="Tallies">Of the counts by owner, Region and type.</param>
/// <param name="Sentences">Of what was done.</param>
/// <param name="Characters">Of texts that were cut, links that were dropped included.</param>
public sealed record LeftOut(int Members, int Tallies, int Sentences, int Characters)
{
    /// <summary>In words; null where nothing was left out.</summary>
    public string? Told
    {
        get
        {
            (int Count, string What)[] all = [(Members, "members"), (Tallies, "counts"), (Sentences, "sentences"), (Characters, "characters")];
            var told = string.Join(", ", all.Where(one => one.Count > 0).Select(one => FormattableString.Invariant($"{one.Count} {one.What}")));
            return told.Length == 0 ? null : $"Left out to fit: {told}.";
        }
    }
}

/// <summary>Makes a notification fit: it is trimmed in steps, each with the count of what was left out, and never dropped.</summary>
public static class Trimming
{
    private static readonly Step[] Steps =
    [
        new(10, 10, 20, 4_000, 2_000), new(10, 10, 10, 1_000, 1_000), new(8, 5, 5, 500, 1_000), new(5, 5, 3, 300, 500), new(3, 3, 2, 200, 500), new(1, 1, 1, 120, 300),
        new(0, 0, 0, 60, 0), new(0, 0, 0, 20, 0),
    ];

    /// <summary>The first rendering that fits; the last step is small enough for every receiver.</summary>
    /// <param name="render">Writes a notification as a receiver wants it, with what was left out of it.</param>
    /// <param name="fits">Whether that is within the receiver's limit.</param>
    public static T Fit<T>(Notification notification, Func<Notification, LeftOut, T> render, Func<T, bool> fits)
    {
        var last = default(T)!;
        foreach (var step in Steps)
        {
            var (trimmed, left) = step.Of(notification);
            last = render(trimmed, left);
            if (fits(last))
            {
                break;
            }
        }

        return last;
    }

    private sealed record Step(int Members, int Tallies, int Sentences, int Text, int Link)
    {
        public (Notification Trimmed, LeftOut Left) Of(Notification of)
        {
            var characters = 0;
            var trimmed = of with
            {
                Key = new(Cut(of.Key.Kind), Cut(of.Key.Technique), Cut(of.Key.Scope)), Region = Maybe(of.Region), Title = Cut(of.Title), Summary = Cut(of.Summary),
                Reason = Cut(of.Reason), NextStep = Cut(of.NextStep), ByOwner = Few(of.ByOwner), ByRegion = Few(of.ByRegion), ByType = Few(of.ByType),
                Worst = [.. of.Worst.Take(Members).Select(one => new WorstMember(Cut(one.Member), Maybe(one.InstanceId), Maybe(one.Owner), Cut(one.Sentence), Linked(one.Link)))],
                Done = [.. of.Done.Take(Sentences).Select(Cut)],
                Links = new(Linked(of.Links.Incident), Linked(of.Links.Case), Linked(of.Links.Runbook), Linked(of.Links.Dashboard), Linked(of.Links.Silence), Linked(of.Links.Release)),
            };
            var tallies = Math.Max(0, of.ByOwner.Count - Tallies) + Math.Max(0, of.ByRegion.Count - Tallies) + Math.Max(0, of.ByType.Count - Tallies);
            return (trimmed, new(Math.Max(0, of.Worst.Count - Members), tallies, Math.Max(0, of.Done.Count - Sentences), characters));

            string Cut(string text)
            {
                var clean = CleanText.Of(text, Text);
                characters += Math.Max(0, text.Length - clean.Length);
                return clean;
            }

            string? Maybe(string? text) => text is null ? null : Cut(text);

            // A link that is cut leads nowhere.
            string? Linked(string? link)
            {
                if (link is null || link.Length <= Link && Uri.TryCreate(link, UriKind.Absolute, out _))
                {
                    return link;
                }

                characters += link.Length;
                return null;
            }

            IReadOnlyList<Tally> Few(IReadOnlyList<Tally> all) => [.. all.Take(Tallies).Select(one => one with { Name = Cut(one.Name) })];
        }
    }
}
