using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Watchdog.Http.Access;

/// <summary>Section <c>Access</c>: who may see and use the ops pages on the worker's listener.</summary>
public sealed class AccessOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Access";

    /// <summary>Hours for which a sign-in is good, 1 to 24; default 10, a working day.</summary>
    [Range(1, 24)]
    public int SessionHours { get; set; } = 10;

    /// <summary><see cref="SessionHours"/>.</summary>
    internal TimeSpan Session => TimeSpan.FromHours(SessionHours);
}

/// <summary>Checks the ranges above.</summary>
[OptionsValidator]
public sealed partial class AccessOptionsValidator : IValidateOptions<AccessOptions>;
