namespace Watchdog.Diagnostics;

/// <summary>This program's version: three numbers, from its assembly.</summary>
public static class ProgramVersion
{
    /// <summary>E.g. <c>0.1.0</c>.</summary>
    public static readonly string Current = typeof(ProgramVersion).Assembly.GetName().Version!.ToString(3);
}
