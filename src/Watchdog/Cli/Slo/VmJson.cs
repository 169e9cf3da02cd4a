using Watchdog.Slo.Minutes;
using Watchdog.Slo.Telling;

namespace Watchdog.Cli.Slo;

/// <summary>One VM's uptime as JSON; its names are a contract.</summary>
internal sealed record VmJson(
    string Vm, VmGroups? Groups, SloJson.SpanJson Span, decimal Target, double? Sli, double? Pessimistic, double? Optimistic, double? Coverage, string Verdict, SloJson.MinutesJson Minutes,
    IReadOnlyDictionary<string, long>? Causes, SloJson.BudgetJson Budget, SloJson.StepJson? WorstHour, SloJson.StepJson? WorstDay, double? ProviderComparable,
    double? AgentReachable, IReadOnlyList<VmJson.IntervalJson> Intervals)
{
    public static VmJson Of(VmUptime vm, BookState books)
    {
        var minutes = vm.Minutes.Tally;
        return new(
            vm.InstanceId, vm.Whose, SloJson.SpanJson.Of(vm.Span, books, null, 0), vm.Promise.Target, minutes.Sli, minutes.Pessimistic, minutes.Optimistic, minutes.Coverage,
            vm.Verdict.ToString().ToLowerInvariant(), SloJson.MinutesJson.Of(minutes), SloJson.Named(vm.Minutes.ByCause), SloJson.BudgetJson.Of(vm.Budget), SloJson.StepJson.Of(vm.WorstHour),
            SloJson.StepJson.Of(vm.WorstDay), vm.Provider, vm.Minutes.Agent.Sli,
            [.. vm.Intervals.Select(booked => IntervalJson.Of(booked.Interval, booked.Open))]);
    }

    internal sealed record IntervalJson(DateTimeOffset From, DateTimeOffset To, int Minutes, string Class, string Cause, string Agent, bool Open)
    {
        public static IntervalJson Of(Interval interval, bool open) => new(
            Minute.At(interval.From), Minute.At(interval.To), interval.To - interval.From, interval.Class.ToString().ToLowerInvariant(),
            Watchdog.Slo.Minutes.Causes.NameOf(interval.Cause), interval.Agent.ToString().ToLowerInvariant(), open);
    }
}
