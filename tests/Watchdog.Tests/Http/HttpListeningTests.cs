using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Tests.Http.Access;

namespace Watchdog.Tests.Http;

public sealed class HttpListeningTests
{
    [Fact]
    public async Task What_cannot_be_read_anew_keeps_nothing_else_from_being_read()
    {
        await using var site = await OpsSite.OpenAsync();
        var (away, there) = (new Model(new TimeoutException("the database does not answer")), new Model(null));
        using var listening = new HttpListening(
            [], [away, there], Options.Create(new HttpOptions { Listen = "127.0.0.1:0" }), site.Get<Clocks>(), NullLoggerFactory.Instance, site.Get<Watchdog.Http.Access.Gate>(),
            NullLogger<HttpListening>.Instance);
        await listening.StartAsync(default);
        await listening.StopAsync(default);
        Assert.Equal((1, 1), (away.Reads, there.Reads));
    }

    private sealed class Model(Exception? fault) : IReadModel
    {
        public int Reads { get; private set; }

        public Task RefreshAsync(CancellationToken ct)
        {
            Reads++;
            return fault is null ? Task.CompletedTask : Task.FromException(fault);
        }
    }
}
