using System.CommandLine;
using Watchdog.Cli.Remote;
using Watchdog.Reports.Api.Shapes;

namespace Watchdog.Cli.Cases;

/// <summary><c>watchdog cases show ID</c>.</summary>
internal static class ShowCommand
{
    public static Command Create()
    {
        var id = CaseId.Argument();
        var json = GlobalOptions.Json();
        var command = new Command("show", "Show one case whole: evidence, acts with their steps and undo, requests, rulings, appeal, audit.") { id, json };
        ServerOption.AddTo(command);
        command.SetAction((parse, ct) => CaseDesk.RunAsync(parse, async desk =>
        {
            var number = parse.GetRequiredValue(id);
            if (await desk.ShowAsync(number, ct) is not { } whole)
            {
                return await CaseId.UnknownAsync(parse, number);
            }

            var output = parse.InvocationConfiguration.Output;
            if (parse.GetValue(json))
            {
                await output.WriteLineAsync(CliJson.Write(WholeCaseJson.Of(whole)));
            }
            else
            {
                CasePage.Print(Screen.On(output), whole);
            }

            return ExitCodes.Ok;
        }, ct));
        return command;
    }
}
