using System.Globalization;
using Amazon.Runtime;
using Amazon.SecurityToken.Model;
using Watchdog.Diagnostics;
using Watchdog.Enforcement;
using Watchdog.Inventory;

namespace Watchdog.Aws;

/// <summary>Asks STS who the credentials are. IAM wants no permission for that; the answer carries AWS's clock.</summary>
internal sealed class IdentityProbe(ClientFactory clients, Clocks clocks)
{
    public async Task<CallerIdentity> AskAsync(Scope scope, CancellationToken ct)
    {
        TimeSpan? skew = null;
        try
        {
            using var sts = clients.Identity(scope);
            sts.AfterResponseEvent += (_, answered) => skew = SkewOf(answered) ?? skew;
            var who = await sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), ct);
            return new(AccessState.Allowed, who.Account, who.Arn, skew, null, null);
        }
        catch (Exception fault) when (AwsFault.IsAws(fault) && !ct.IsCancellationRequested)
        {
            var sorted = AwsFault.Of(fault);
            var state = sorted.Kind == ActuatorError.Denied ? AccessState.Denied : AccessState.Unknown;
            return new(state, null, null, skew, sorted.Code, BoundedText.Line(sorted.Message, 300));
        }
    }

    private TimeSpan? SkewOf(ResponseEventArgs about) =>
        about is WebServiceResponseEventArgs { ResponseHeaders: { } headers } && headers.TryGetValue("Date", out var text)
            && DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? clocks.Wall.GetUtcNow() - at : null;
}
