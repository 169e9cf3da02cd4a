using System.Diagnostics;

namespace Watchdog.Diagnostics;

/// <summary>
/// Where the process's time goes: a trace a sweep and an act, a span a stage and a call of AWS. Costs nothing while nobody listens.
/// </summary>
public static class Spans
{
    /// <summary>The source of stages, which follow each other, by which a listener (a tracer, the fleet benchmark) finds it.</summary>
    public const string Name = "Watchdog";

    /// <summary>The source of what lies around and within stages: sweeps, acts, messages sent, calls of AWS.</summary>
    public const string Work = "Watchdog.Work";

    private static readonly ActivitySource Stages = new(Name);
    private static readonly ActivitySource Works = new(Work);

    /// <summary>Begins a stage; dispose it to end it. Null when nobody listens.</summary>
    /// <param name="stage">The stage, a word or two with dots between: <c>screen.read</c>.</param>
    public static Activity? Begin(string stage) => Stages.StartActivity(stage);

    /// <summary>Begins a span of work within what runs around it. Null when nobody listens.</summary>
    public static Activity? Within(string name, ActivityKind kind) => Works.StartActivity(name, kind);

    /// <summary>Begins a trace of its own, whatever runs around it. Null when nobody listens.</summary>
    /// <param name="cause">The W3C traceparent of what it follows from, which it links to; null for none, and a malformed one counts as none.</param>
    public static Activity? Root(string name, string? cause = null)
    {
        if (!Works.HasListeners())
        {
            return null;
        }

        ActivityLink[] links = ActivityContext.TryParse(cause, null, out var of) ? [new(of)] : [];
        var around = Activity.Current;
        Activity.Current = null;
        var root = Works.StartActivity(ActivityKind.Internal, links: links, name: name);
        if (root is null)
        {
            Activity.Current = around;
        }

        return root;
    }

    /// <summary>The W3C traceparent of what runs now, to be stored beside what it gives rise to; null when nobody listens.</summary>
    public static string? Traceparent => Activity.Current is { IdFormat: ActivityIdFormat.W3C } now ? now.Id : null;
}
