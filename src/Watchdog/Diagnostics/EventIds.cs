namespace Watchdog.Diagnostics;

/// <summary>Every log event's id, in one table; a room owns a hundred. Ids are never reused.</summary>
internal static class EventIds
{
    // Inventory 1000
    public const int ListingFailed = 1000;
    public const int ListingDoubted = 1001;
    public const int FleetChanged = 1002;
    public const int StatusFailed = 1003;
    // Telemetry 1100
    public const int AgentsFailed = 1100;
    public const int StreamSilent = 1101;
    public const int StreamBack = 1102;
    public const int PolledNotKept = 1103;
    public const int DeliveryRefused = 1104;
    // Detection 1200
    public const int LookFailed = 1200;
    public const int JudgementFailed = 1201;
    public const int LookRefused = 1202;
    public const int IndicatorsKept = 1203;
    public const int IndicatorsLoaded = 1204;
    // Policy 1300
    public const int CaseOpened = 1300;
    public const int ActsAdmitted = 1301;
    public const int LadderClimbed = 1302;
    public const int BrakeTripped = 1303;
    public const int DetectorDemoted = 1304;
    public const int DetectorRestored = 1305;
    // Enforcement 1400
    public const int ActVerified = 1400;
    public const int ActRefused = 1401;
    public const int ActFailed = 1402;
    public const int ActDelayed = 1403;
    public const int LaneStopped = 1404;
    public const int ActuatorFenced = 1405;
    public const int ActuatorBraked = 1406;
    public const int ActApplied = 1407;
    public const int ActUnverifiable = 1408;
    public const int ActEscalated = 1409;
    public const int IsolationFaltered = 1410;
    public const int StillExposed = 1411;
    public const int WasExposed = 1412;
    public const int EvidenceMissed = 1413;
    public const int DraftFailed = 1414;
    public const int ActWithdrawn = 1415;
    // Ledger 1500
    // Sweeps 1600
    public const int SweepEnded = 1600;
    public const int EpisodeStepped = 1601;
    public const int ScopeFailed = 1602;
    public const int LoopJobFailed = 1603;
    // Scheduling 1700
    public const int JobFailed = 1700;
    public const int JobFenced = 1701;
    public const int JobCancelled = 1702;
    public const int JobDatabaseAway = 1703;
    public const int JobsDeclared = 1704;
    // Storage 1800
    public const int Migrated = 1800;
    public const int ClusterInitialised = 1801;
    public const int ClusterStarted = 1802;
    public const int ClusterAttached = 1803;
    public const int ClusterStopped = 1804;
    public const int ClusterLeftRunning = 1805;
    public const int ClusterStalePid = 1806;
    public const int ClusterLost = 1807;
    public const int ClusterRestartFailed = 1808;
    public const int ClockSkew = 1809;
    // Aws 1900
    public const int MetricCallFailed = 1900;
    public const int MetricMessage = 1901;
    public const int ProbeFailed = 1902;
    public const int BudgetWarning = 1903;
    // Cli 2000
    // Http 2100
    public const int Listening = 2100;
    public const int AnswersStale = 2101;
    public const int RequestFailed = 2102;
    public const int SignInRefused = 2103;
    // Owners 2200
    public const int NoticesWait = 2200;
    // Reports 2300
    public const int StateUnread = 2300;
    public const int ReportPosted = 2301;
    public const int ReportWaits = 2302;
    // IdleShutdown 2400
    public const int IdleReadFailed = 2400;
    public const int IdleAdmitted = 2401;
    public const int IdleEvaluated = 2402;
    public const int ScheduleRun = 2403;
    public const int WaveRefused = 2404;
    // Slo 2500
    public const int BooksBroken = 2500;
    public const int MinutesNotJudged = 2501;
    public const int SloAlarmChanged = 2550;
    public const int SloFiguresUnread = 2551;
    // Alerts 2600; its receivers from 2650 on
    public const int AlertsWait = 2600;
    public const int AlertEventUnread = 2601;
    public const int ConditionUnread = 2602;
    public const int AlertsFail = 2603;
    public const int ConditionsFail = 2604;
    public const int AlertSendingWaits = 2650;
    public const int AlertRepeatsFail = 2651;
    public const int LifeWithheld = 2652;
    public const int LifeBack = 2653;
    public const int AlertSendingFails = 2654;
}
