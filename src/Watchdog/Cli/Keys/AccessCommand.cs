using System.CommandLine;
using Microsoft.Extensions.Options;
using Watchdog.Cli.Cases;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Http.Access.Sessions;

namespace Watchdog.Cli.Keys;

/// <summary><c>watchdog access link|sessions|end</c>: a link lets a person into the ops pages where no other sign-in is at hand.</summary>
internal static class AccessCommand
{
    private const int MostMinutes = 1440;

    public static Command Create() => new("access", "Who may see and use the ops pages.") { Link(), SessionCommands.List(), SessionCommands.End() };

    private static Command Link()
    {
        var name = new Option<string>("--name") { Description = "Whom it signs in, as the audit trail will name them.", HelpName = "NAME", DefaultValueFactory = _ => Environment.UserName };
        var role = new Option<string>("--role") { Description = $"What they may do: {string.Join(", ", Roles.All)}.", HelpName = "ROLE", DefaultValueFactory = _ => Roles.NameOf(Role.Viewer) };
        role.AcceptOnlyFromAmong([.. Roles.All]);
        var minutes = new Option<int>("--minutes") { Description = $"How long it may wait to be used, 1 to {MostMinutes}.", HelpName = "M", DefaultValueFactory = _ => 15 };
        minutes.Within(1, MostMinutes, $"1 to {MostMinutes}");
        var by = Person.By();
        var command = new Command("link", "Print a link that signs in once.") { name, role, minutes, by };
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var secret = await services.GetRequiredService<SessionBook>().MakeLinkAsync(
                parse.GetRequiredValue(name), Roles.Read(parse.GetRequiredValue(role))!.Value, TimeSpan.FromMinutes(parse.GetRequiredValue(minutes)), parse.GetRequiredValue(by), ct);
            var listen = services.GetRequiredService<IOptions<HttpOptions>>().Value.Listen;
            await parse.InvocationConfiguration.Error.WriteLineAsync(string.IsNullOrWhiteSpace(listen)
                ? "Http:Listen names no address: put this behind the address of a worker that listens. It signs in once:" : "It signs in once:");
            await parse.InvocationConfiguration.Output.WriteLineAsync($"{(string.IsNullOrWhiteSpace(listen) ? "" : $"http://{listen}")}{SignInEndpoints.LinkFor(secret)}");
            return ExitCodes.Ok;
        }, ct, services => services.AddSessions().AddOptions<HttpOptions>().BindConfiguration(HttpOptions.Section)));
        return command;
    }
}
