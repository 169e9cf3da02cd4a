using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Watchdog.Diagnostics;

namespace Watchdog.Tests.Diagnostics;

public sealed class DiagnosticsRoomTests
{
    [Theory]
    [InlineData(null, "simple")]
    [InlineData("json", "watchdog-json")]
    public async Task Logs_of_every_level_go_to_standard_error_in_the_chosen_format(string? configured, string formatter)
    {
        await using var provider = Build(configured);

        var console = provider.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value;

        Assert.Equal(LogLevel.Trace, console.LogToStandardErrorThreshold);
        Assert.Equal(formatter, console.FormatterName);
        Assert.Single(provider.GetServices<ILoggerProvider>());
    }

    [Fact]
    public async Task An_unknown_format_is_refused()
    {
        await using var provider = Build("xml");

        var refused = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<DiagnosticsOptions>>().Value);

        Assert.Contains("simple or json", refused.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Build(string? format)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Diagnostics:LogFormat", format)]).Build();
        return new ServiceCollection().AddDiagnostics(configuration).BuildServiceProvider();
    }
}
