namespace Watchdog.IdleShutdown.Warnings;

/// <summary>Whether the provider's control plane is told of warnings, so that a stop waits for its answer.</summary>
/// <param name="Configured">False: nobody but the guest can be told.</param>
public sealed record WarningReceiver(bool Configured);
