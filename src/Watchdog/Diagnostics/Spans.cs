using System.Diagnostics;

namespace Watchdog.Diagnostics;

/// <summary>Where the process's time goes: a span a stage of a sweep, under the source <c>Watchdog</c>. Costs nothing while nobody listens.</summary>
public static class Spans
{
    /// <summary>The source's name, by which a listener (a tracer, the fleet benchmark) finds it.</summary>
    public const string Name = "Watchdog";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>Begins a span; dispose it to end it. Null when nobody listens.</summary>
    /// <param name="stage">The stage, a word or two with dots between: <c>screen.read</c>.</param>
    public static Activity? Begin(string stage) => Source.StartActivity(stage);
}
