namespace Watchdog.FleetSim.Failing;

/// <summary>A request as a drill outside of the program sees it.</summary>
/// <param name="Number">Among all requests, from 1.</param>
/// <param name="Change">
/// Among those that ask for a change, from 1: EC2's mutating actions without dry runs, SendCommand and CancelCommand. 0 for any other.
/// </param>
/// <param name="Action"><c>service:Action</c>.</param>
/// <param name="Error">AWS's code where it was answered with an error, and so had no effect; null before it was handled, and where it succeeded.</param>
/// <param name="Target">
/// The interface or address that a change names, or its instances with a space between; null where it names none, and for any other request.
/// </param>
public readonly record struct RequestSeen(long Number, long Change, string Action, string? Error, string? Target = null);
