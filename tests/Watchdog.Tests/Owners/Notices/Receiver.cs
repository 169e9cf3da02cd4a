using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Watchdog.Webhooks;

namespace Watchdog.Tests.Owners.Notices;

/// <summary>A provider's control plane on a loopback port: keeps what it gets, answers as it is told.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private readonly WebApplication web;

    private Receiver(WebApplication web) => this.web = web;

    public ConcurrentQueue<(string Id, string Type, JsonElement Data, bool Signed)> Got { get; } = [];
    public Uri Url { get; private set; } = null!;
    public Func<HttpContext, int> Answer { get; set; } = _ => 204;

    public static async Task<Receiver> OpenAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var receiver = new Receiver(builder.Build());
        receiver.web.Run(receiver.TakeAsync);
        await receiver.web.StartAsync();
        receiver.Url = new Uri(receiver.web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/hook");
        return receiver;
    }

    public async ValueTask DisposeAsync() => await web.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var (id, at) = (context.Request.Headers["webhook-id"].ToString(), long.Parse(context.Request.Headers["webhook-timestamp"].ToString(), System.Globalization.CultureInfo.InvariantCulture));
        var json = JsonDocument.Parse(body).RootElement;
        Got.Enqueue((id, json.GetProperty("type").GetString()!, json.GetProperty("data"),
            context.Request.Headers["webhook-signature"] == StandardWebhook.Of(Secret).Sign(id, at, body)));
        context.Response.StatusCode = Answer(context);
    }
}
