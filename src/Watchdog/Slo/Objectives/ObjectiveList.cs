using System.Globalization;
using System.Text.RegularExpressions;
using Watchdog.Slo.Burning;

namespace Watchdog.Slo.Objectives;

/// <summary>The objectives as configured, and everything that is wrong with them.</summary>
public static partial class ObjectiveList
{
    private const string Path = "Slo:Objectives";

    /// <summary>The objectives. An empty list means <see cref="Objective.Recommended"/>; a list that is not empty is the whole of it.</summary>
    /// <exception cref="FormatException">One of them makes no sense; checked at start.</exception>
    public static IReadOnlyList<Objective> Of(IReadOnlyList<ObjectiveOption> options) =>
        options.Count == 0 ? Objective.Recommended
        : Errors(options).FirstOrDefault() is { } wrong ? throw new FormatException(wrong)
        : [.. options.Select(option => new Objective(option.Name, Of(option.Of)!.Value, [.. option.Only], option.Target, BurnOf(option)))];

    /// <summary>What is wrong: a sentence each, with where and the mend.</summary>
    public static IEnumerable<string> Errors(IReadOnlyList<ObjectiveOption> options)
    {
        for (var i = 0; i < options.Count; i++)
        {
            var option = options[i];
            var where = string.Create(CultureInfo.InvariantCulture, $"{Path}:{i}");
            if (!Names().IsMatch(option.Name))
            {
                yield return $"{where}:Name is '{option.Name}'; it must be 1 to 40 lower-case letters, digits and dashes.";
            }
            else if (options.Take(i).Any(before => before.Name == option.Name))
            {
                yield return $"{where}:Name is '{option.Name}', which an objective before it is called; give it another.";
            }

            if (option.Target is <= 0 or >= 1)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{where}:Target is {option.Target}; it must be over 0 and under 1{TargetMend(option.Target)}.");
            }

            var of = Of(option.Of);
            if (of is null)
            {
                yield return $"{where}:Of is '{option.Of}'; it must be one of vm, region, type, plan, fleet.";
            }
            else if (of is Dimension.Vm or Dimension.Fleet && option.Only.Count > 0)
            {
                yield return $"{where}:Only names groups, but '{option.Of}' has none; leave it out, or let Of be region, type or plan.";
            }

            foreach (var wrong in BurnErrors(option, of).Select(text => $"{where}:Burn {text}"))
            {
                yield return wrong;
            }
        }
    }

    private static string TargetMend(decimal target) => target switch
    {
        1 => ": a target of 1 has no budget, so that one bad minute breaks it for good; 0.9999 is 52 minutes a year",
        > 1 and < 100 => string.Create(CultureInfo.InvariantCulture, $": it is a share; write {target / 100} for {target} %"),
        _ => ", e.g. 0.995",
    };

    private static IEnumerable<string> BurnErrors(ObjectiveOption option, Dimension? of)
    {
        IReadOnlyList<BurnRung> rungs;
        string? fault = null;
        try
        {
            rungs = BurnOf(option);
        }
        catch (FormatException wrong)
        {
            (rungs, fault) = ([], wrong.Message);
        }

        if (fault is not null)
        {
            yield return fault;
        }

        if (of == Dimension.Vm && rungs.Count > 0)
        {
            yield return $"is '{option.Burn}', but one VM pages nobody; write none, and page for its Region or type.";
        }

        // What all minutes bad come to; beyond it nothing ever fires.
        var most = option.Target is > 0 and < 1 ? 1 / (1 - option.Target) : decimal.MaxValue;
        foreach (var rung in rungs.Where(rung => rung.Factor > most))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"has factor {rung.Factor}, which can never be reached: with every minute bad a target of {option.Target} burns {most:0.##} times its budget; lower the factor or raise the target.");
        }
    }

    private static IReadOnlyList<BurnRung> BurnOf(ObjectiveOption option) =>
        option.Burn is { } text ? BurnRung.ParseAll(text) : Of(option.Of) is Dimension.Vm ? [] : BurnRung.Standard;

    private static Dimension? Of(string name) => name switch
    {
        "vm" => Dimension.Vm,
        "region" => Dimension.Region,
        "type" => Dimension.Type,
        "plan" => Dimension.Plan,
        "fleet" => Dimension.Fleet,
        _ => null,
    };

    [GeneratedRegex("^[a-z0-9-]{1,40}$")]
    private static partial Regex Names();
}
