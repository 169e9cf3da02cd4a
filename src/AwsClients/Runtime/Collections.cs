namespace Amazon.Wire;

/// <summary>Version 4's rule: a collection that nobody set is null, unless the process asked for the old, empty ones.</summary>
internal static class Collections
{
    internal static T? Initial<T>()
        where T : class, new() => AWSConfigs.InitializeCollections ? new T() : null;
}
