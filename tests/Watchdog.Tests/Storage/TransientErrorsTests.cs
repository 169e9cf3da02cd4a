using Npgsql;
using Watchdog.Storage;

namespace Watchdog.Tests.Storage;

public sealed class TransientErrorsTests
{
    [Theory]
    [InlineData(PostgresErrorCodes.AdminShutdown, true)]
    [InlineData(PostgresErrorCodes.CrashShutdown, true)]
    [InlineData(PostgresErrorCodes.CannotConnectNow, true)]
    [InlineData(PostgresErrorCodes.DeadlockDetected, true)]
    [InlineData(PostgresErrorCodes.SerializationFailure, true)]
    [InlineData(PostgresErrorCodes.UniqueViolation, false)]
    [InlineData(PostgresErrorCodes.UndefinedTable, false)]
    public void A_server_that_goes_or_comes_passes_and_a_wrong_statement_does_not(string state, bool transient)
    {
        Assert.Equal(transient, TransientErrors.IsTransient(new PostgresException("said", "ERROR", "ERROR", state)));
    }

    [Fact]
    public async Task A_server_that_does_not_listen_passes_and_a_bug_does_not()
    {
        await using var nobody = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=nobody;Timeout=5");

        var refused = await Assert.ThrowsAnyAsync<NpgsqlException>(async () => await nobody.OpenConnectionAsync());

        Assert.True(TransientErrors.IsTransient(refused));
        Assert.False(TransientErrors.IsTransient(new InvalidOperationException("a bug")));
    }
}
