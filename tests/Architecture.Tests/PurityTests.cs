using System.Reflection;

namespace Watchdog.Architecture.Tests;

public class PurityTests
{
    private static readonly string[] Pure =
        ["System.Runtime", "System.Collections", "System.Linq", "System.Memory", "System.Numerics.Vectors", "System.Numerics.Tensors",
         "System.Collections.Immutable", "System.Text.RegularExpressions", "System.Runtime.InteropServices", "System.Runtime.Extensions",
         "System.Runtime.Intrinsics", "System.Collections.Frozen"];

    [Fact]
    public void Detectors_reference_only_the_pure_part_of_the_framework()
    {
        var references = typeof(Detectors.Findings.Finding).Assembly.GetReferencedAssemblies().Select(a => a.Name!).ToList();
        Assert.Empty(references.Except(Pure));
    }

    [Fact]
    public void Detectors_offer_nothing_asynchronous()
    {
        var waits = typeof(Detectors.Findings.Finding).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.ReturnType.FullName?.StartsWith("System.Threading", StringComparison.Ordinal) == true)
            .Select(method => $"{method.DeclaringType}.{method.Name}").ToList();
        Assert.Empty(waits);
    }
}
