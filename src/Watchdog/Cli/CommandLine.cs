using System.CommandLine;
using Watchdog.Cli.Alerts;
using Watchdog.Cli.Appeals;
using Watchdog.Cli.Exceptions;
using Watchdog.Cli.Guards;
using Watchdog.Cli.Keys;
using Watchdog.Cli.Notices;

namespace Watchdog.Cli;

/// <summary>The command line: one file a command, listed here in the order of <c>--help</c>.</summary>
internal static class CommandLine
{
    private const string Description = """
        Guards a fleet of user VMs on EC2: notices miners, fork bombs, runaway processes and dead VMs, proves what it sees, and
        contains what it may, reversibly. A fresh install observes only.

        Exit codes: 0 well; 1 something does not hold (unhealthy run, failed check, refused request); 2 the words or the
        configuration are wrong; 3 database, AWS or a file cannot be reached; 130 interrupted.
        """;

    public static RootCommand Create() => new(Description)
    {
        GlobalOptions.Config,
        GlobalOptions.Data,
        RunCommand.Create(),
        DemoCommand.Create(),
        SweepCommand.Create(),
        CasesCommand.Create(),
        ActsCommand.Create(),
        PlanCommand.Create(),
        SloCommand.Create(),
        ReportCommand.Create(),
        AuditCommand.Create(),
        AbuseNoticeCommand.Create(),
        AlertsCommand.Create(),
        BrakeCommand.Create(),
        ExemptionsCommand.Create(),
        HoldsCommand.Create(),
        AppealsCommand.Create(),
        IdleCommand.Create(),
        PrecisionCommand.Create(),
        KeysCommand.Create(),
        AccessCommand.Create(),
        NoticesCommand.Create(),
        NodesCommand.Create(),
        DoctorCommand.Create(),
        MigrateCommand.Create(),
        SimulateCommand.Create(),
        ExplainCommand.Create(),
        ReplayCommand.Create(),
        BacktestCommand.Create(),
        IamPolicyCommand.Create(),
    };
}
