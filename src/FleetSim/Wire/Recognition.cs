using Microsoft.AspNetCore.Http;

namespace Watchdog.FleetSim.Wire;

/// <summary>Which service, action and protocol a request means: X-Amz-Target, the path, Action and Version, then the credential's scope.</summary>
internal static class Recognition
{
    private const string CloudWatchTarget = "GraniteServiceVersion20100801";
    private const string CborPath = "/service/" + CloudWatchTarget + "/operation/";

    public static (string Service, string Action, Protocol Protocol, FormFields? Form) Of(HttpRequest request, ReadOnlySpan<byte> body)
    {
        if (request.Path.Value is { } path && path.StartsWith(CborPath, StringComparison.Ordinal))
            return ("cloudwatch", path[CborPath.Length..], Protocol.Cbor, null);

        var target = request.Headers["X-Amz-Target"].ToString();
        if (target.Length > 0)
        {
            var dot = target.LastIndexOf('.');
            var service = (dot < 0 ? "" : target[..dot]) switch
            {
                CloudWatchTarget => "cloudwatch",
                "AmazonSSM" => "ssm",
                _ => "",
            };
            return (service, target[(dot + 1)..], Protocol.Json, null);
        }

        var query = request.QueryString.Value is { Length: > 1 } text ? System.Text.Encoding.UTF8.GetBytes(text[1..]) : [];
        var form = FormFields.Parse(body.IsEmpty ? query : body);
        var name = form.Get("Version") switch
        {
            "2010-08-01" => "cloudwatch",
            "2011-06-15" => "sts",
            { } version when version.StartsWith("201", StringComparison.Ordinal) => "ec2",
            _ => ScopeService(request) is "monitoring" ? "cloudwatch" : ScopeService(request),
        };
        return (name, form.Get("Action") ?? "", name == "ec2" ? Protocol.Ec2 : Protocol.Query, form);
    }

    /// <summary>The access key id in the Authorization header; null when it is not signed.</summary>
    public static string? AccessKeyId(HttpRequest request) => Credential(request) is [var key, ..] ? key : null;

    private static string ScopeService(HttpRequest request) => Credential(request) is [_, _, _, var service, ..] ? service : "ec2";

    private static string[] Credential(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var start = header.IndexOf("Credential=", StringComparison.Ordinal);
        if (start < 0)
            return [];
        var scope = header[(start + 11)..];
        var end = scope.IndexOf(',', StringComparison.Ordinal);
        return (end < 0 ? scope : scope[..end]).Split('/');
    }
}
