using System.CommandLine;
using System.Text.Json;
using Watchdog.Cli.Cases;
using Watchdog.Ledger.Auditing;

namespace Watchdog.Cli.Auditing;

/// <summary><c>watchdog audit verify</c>.</summary>
internal static class VerifyCommand
{
    private const int HashLetters = 64;

    public static Command Create()
    {
        var from = new Option<long>("--from") { Description = "Recompute from this seal on and trust those before it.", HelpName = "SEQ", DefaultValueFactory = _ => 1 };
        from.Within(1, long.MaxValue, "a seal's number, from 1");
        var expect = new Option<string?>("--expect") { Description = "A hash that `audit head` printed once and that was kept elsewhere: one seal must bear it.", HelpName = "HASH" };
        expect.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !(text.Length == HashLetters && text.All(char.IsAsciiHexDigit)))
            {
                result.AddError($"--expect takes the {HashLetters} hexadecimal digits that `watchdog audit head` prints, not '{Screen.Plain(text)}'.");
            }
        });
        var json = GlobalOptions.Json();
        var command = new Command("verify", "Recompute every seal and hold the trail's lines to them: says at which seal and line it broke, and how. Exit code 1 when it did.") { from, expect, json };
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var anchor = parse.GetValue(expect) is { } text ? Convert.FromHexString(text) : null;
            var (verifier, first) = (services.GetRequiredService<AuditVerifier>(), parse.GetValue(from));
            if (first > 1 && (await verifier.HeadAsync(ct))?.Seq is var last && (last ?? 0) < first)
            {
                await parse.InvocationConfiguration.Error.WriteLineAsync(FormattableString.Invariant(
                    $"There is no seal {first}: {(last is { } seq ? $"the last one is {seq}" : "nothing is sealed yet")}. If there was one, the trail was cut; nothing was verified."));
                return ExitCodes.NotHealthy;
            }

            var verdict = await verifier.VerifyAsync(first, anchor, ct);
            var output = parse.InvocationConfiguration.Output;
            if (parse.GetValue(json))
            {
                await output.WriteLineAsync(CliJson.Write(VerdictJson.Of(verdict)));
            }
            else
            {
                await PrintAsync(output, verdict);
            }

            return verdict.Holds ? ExitCodes.Ok : ExitCodes.NotHealthy;
        }, ct));
        return command;
    }

    private static async Task PrintAsync(TextWriter output, AuditVerdict verdict)
    {
        foreach (var found in verdict.Breaks)
        {
            await output.WriteLineAsync(Screen.Plain($"{VerdictJson.NameOf(found.Kind)}: {found.Words}"));
        }

        if (verdict.Broken > verdict.Breaks.Count)
        {
            await output.WriteLineAsync($"… and {verdict.Broken - verdict.Breaks.Count} more.");
        }

        await output.WriteLineAsync(FormattableString.Invariant(
            $"{(verdict.Holds ? "The trail holds" : "THE TRAIL IS BROKEN")}: {verdict.Seals} seals over {verdict.Lines} lines recomputed, {verdict.Broken} breaks."));
        if (verdict.UnsealedSince is { } since)
        {
            await output.WriteLineAsync(FormattableString.Invariant(
                $"{verdict.Unsealed} lines since {Screen.At(since)} are not sealed yet; a running worker does so each minute."));
        }

        if (verdict.AnchorSeal is { } seal)
        {
            await output.WriteLineAsync(FormattableString.Invariant($"The expected hash is that of seal {seal}."));
        }
    }
}

/// <summary>A verification as JSON; its names are a contract.</summary>
internal sealed record VerdictJson(
    bool Holds, long Seals, long Lines, long Unsealed, DateTimeOffset? UnsealedSince, AuditHead? Head, long? AnchorSeal, long Broken,
    IReadOnlyList<BreakJson> Breaks)
{
    public static VerdictJson Of(AuditVerdict of) => new(
        of.Holds, of.Seals, of.Lines, of.Unsealed, of.UnsealedSince, of.Head, of.AnchorSeal, of.Broken,
        [.. of.Breaks.Select(found => new BreakJson(NameOf(found.Kind), found.Seal, found.Line, found.Words))]);

    /// <summary>The kind as it is written: <c>changed-line</c>.</summary>
    public static string NameOf(AuditBreakKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());
}

/// <summary>One break.</summary>
internal sealed record BreakJson(string Kind, long Seal, long? Line, string Words);
