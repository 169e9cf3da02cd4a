using System.CommandLine;
using Watchdog.Cli;

namespace Watchdog.Tests.Cli;

/// <summary>Words on the command line that cannot be meant are told in a sentence, before anything is done.</summary>
public class WrongWordsTests
{
    [Theory]
    [InlineData("--vms takes 0 to 1000000, not 'many'.", "demo", "--vms", "many")]
    [InlineData("--vms takes 0 to 1000000, not '-1'.", "simulate", "--vms", "-1")]
    [InlineData("--vms takes 0 to 1000000, not '99999999999'.", "demo", "--vms", "99999999999")]
    [InlineData("--seed takes a whole number, 0 or more, not '-1'.", "demo", "--seed", "-1")]
    [InlineData("--speed takes 0.1 to 100000, not 'NaN'.", "demo", "--speed", "NaN")]
    [InlineData("--minutes takes 1 to 525600, not '0'.", "demo", "--minutes", "0")]
    [InlineData("--port takes 0 to 65535, not '65536'.", "simulate", "--port", "65536")]
    [InlineData("--abuse-within takes 0 to 43200 minutes, not '-5'.", "simulate", "--abuse-within", "-5")]
    [InlineData("--region takes a Region's name such as us-east-1, not ''.", "simulate", "--region", "")]
    [InlineData("--stream takes an absolute http or https URL, not 'here'.", "simulate", "--stream", "here", "--stream-key", "k")]
    [InlineData("--stream needs --stream-key, one of the worker's Telemetry:Stream:AccessKey.", "simulate", "--stream", "http://127.0.0.1:1/")]
    [InlineData("--stream-backlog takes 0 to 240 minutes, not '241'.", "simulate", "--stream-backlog", "241")]
    public void A_number_out_of_range_or_no_number_is_told_once(string message, params string[] words) =>
        Assert.Equal([message], CommandLine.Create().Parse(words).Errors.Select(error => error.Message));

    [Theory]
    [InlineData("demo", "--vms", "0", "--seed", "18446744073709551615", "--speed", "0.1", "--minutes", "525600")]
    [InlineData("simulate", "--vms", "1000000", "--port", "65535", "--abuse-from", "-60", "--abuse-within", "0", "--region", "eu-west-1")]
    public void The_ends_of_the_ranges_are_taken(params string[] words) => Assert.Empty(CommandLine.Create().Parse(words).Errors);
}
