namespace Watchdog.Diagnostics.Logging;

/// <summary>Fields that every event within a stretch of work bears.</summary>
public static class LogFields
{
    /// <summary>Begins the stretch; dispose what is returned to end it.</summary>
    /// <param name="fields">Names in lower case: <c>case</c>, <c>act</c>, <c>instance_id</c>, <c>scope</c>, <c>region</c>.</param>
    public static IDisposable? With(this ILogger logger, params (string Name, object? Value)[] fields) =>
        logger.BeginScope(Array.ConvertAll(fields, field => new KeyValuePair<string, object?>(field.Name, field.Value)));
}
