using Watchdog.Storage;

namespace Watchdog.Tests.Storage;

public class ConnectionStringTests
{
    [Theory]
    [InlineData("words")]
    [InlineData("Host=127.0.0.1;Prt=3")]
    [InlineData("Host=127.0.0.1;Port=many")]
    [InlineData("Host=127.0.0.1;Password=half;hidden=half")]
    public void One_that_cannot_be_read_is_told_without_its_secrets(string text)
    {
        var told = new ConnectionStringValidator().Validate(null, new StorageOptions { ConnectionString = text });
        Assert.True(told.Failed);
        Assert.Contains("Storage:ConnectionString", told.FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", told.FailureMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Host=db;Username=w;Password='a;b';Database=watchdog")]
    public void None_and_a_sound_one_pass(string? text) =>
        Assert.True(new ConnectionStringValidator().Validate(null, new StorageOptions { ConnectionString = text }).Succeeded);
}
