using BenchmarkDotNet.Attributes;
using Watchdog.Bench.Slo;

namespace Watchdog.Bench.Suites;

/// <summary>What people, pages and burn rates ask of the uptime books, at a fifteenth of the size of <c>scripts/bench slo</c>, warm.</summary>
public class BooksSuite
{
    private Question _question = null!;
    private int _turn;

    /// <summary>Which question.</summary>
    [ParamsSource(nameof(Asked))]
    public string What { get; set; } = "";

    /// <summary>All questions.</summary>
    public static IEnumerable<string> Asked => Questions.All(new(SuiteCluster.BookVms), SuiteCluster.Days).Select(question => question.What);

    /// <summary>Finds the question.</summary>
    [GlobalSetup]
    public void Choose() => _question = Questions.All(new(SuiteCluster.BookVms), SuiteCluster.Days).Single(question => question.What == What);

    /// <summary>Asks it.</summary>
    [Benchmark, SuiteRow("")]
    public Task Ask() => _question.Ask(SuiteCluster.Database, _turn++ % _question.Different, CancellationToken.None);
}
