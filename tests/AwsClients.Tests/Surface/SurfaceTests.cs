using Amazon.EC2;
using Amazon.SecurityToken;

namespace Watchdog.AwsClients.Tests.Surface;

/// <summary>
/// These clients are to be swapped for the official packages without a change in the callers. <c>official-surface.txt</c> lists what the
/// official ones (version 4 of the SDK) offer, as far as it is used here: nothing public may exist that is not on that list.
/// </summary>
public sealed class SurfaceTests
{
    private static readonly string[] Official =
        [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "official-surface.txt")).Where(l => l.Length > 0 && !l.StartsWith('#'))];

    [Fact]
    public void Nothing_is_public_that_the_official_packages_do_not_have()
    {
        Assert.Empty(Surface.Of(typeof(IAmazonEC2).Assembly).Except(Official));
    }

    [Fact]
    public void Nothing_is_listed_that_these_clients_do_not_have()
    {
        Assert.Empty(Official.Except(Surface.Of(typeof(IAmazonEC2).Assembly)));
    }

    /// <summary>The one official service package that this project references is made by the same generator: its frame is the pattern.</summary>
    [Theory]
    [InlineData("EC2")]
    [InlineData("CloudWatch")]
    [InlineData("SimpleSystemsManagement")]
    public void Constructors_configuration_and_exception_are_those_of_an_official_client(string service)
    {
        var pattern = Frame(Surface.Of(typeof(AmazonSecurityTokenServiceClient).Assembly), "SecurityToken", "SecurityTokenService");
        var ours = Frame(Surface.Of(typeof(IAmazonEC2).Assembly), service, service);

        Assert.Equal(pattern, ours);
        Assert.Equal(28, ours.Count);
    }

    [Fact]
    public void Contact_with_cores_internals_is_kept_in_one_folder()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Watchdog.sln")))
            folder = Path.GetDirectoryName(folder)!;
        var source = Path.Combine(folder, "src", "AwsClients");
        var wrong = Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(source, path))
            .Where(path => path.Split(Path.DirectorySeparatorChar)[0] is not ("Runtime" or "obj" or "bin"))
            .Where(path => File.ReadAllText(Path.Combine(source, path)).Contains("Amazon.Runtime.Internal", StringComparison.Ordinal));

        Assert.Empty(wrong);
    }

    /// <summary>Constructors of the client, and everything of its configuration, exception and request base, with the service's name taken out.</summary>
    private static List<string> Frame(IEnumerable<string> surface, string space, string name) =>
    [
        .. surface
            .Where(line => line.StartsWith($"Amazon.{space}.Amazon{name}Client | new(", StringComparison.Ordinal)
                || line.StartsWith($"Amazon.{space}.Amazon{name}Config | ", StringComparison.Ordinal)
                || line.StartsWith($"Amazon.{space}.Amazon{name}Exception | ", StringComparison.Ordinal)
                || line.StartsWith($"Amazon.{space}.Amazon{name}Request | ", StringComparison.Ordinal))
            .Select(line => line.Replace($"Amazon.{space}.", "", StringComparison.Ordinal).Replace($"Amazon{name}", "Amazon*", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];
}
