using System.Net;
using Watchdog.Http.Access;
using Watchdog.Http.Access.Oidc;

namespace Watchdog.Tests.Http.Access.Oidc;

public class OidcOptionsTests
{
    [Fact]
    public void Off_is_the_default_and_whole_settings_are_taken()
    {
        Assert.Empty(new OidcOptions().Errors());
        Assert.Empty(Whole().Errors());
        Assert.Empty(new AccessOptions { Oidc = Whole() }.Errors(IPEndPoint.Parse("0.0.0.0:8080")));
    }

    [Fact]
    public void An_issuer_for_programs_alone_lets_nobody_sign_in_to_pages_that_others_reach()
    {
        var programs = new OidcOptions { Issuer = "https://login.example.com", Audience = "api", Roles = new RoleMap { Viewer = ["*"] } };
        Assert.Empty(programs.Errors());
        Assert.Single(new AccessOptions { Oidc = programs }.Errors(IPEndPoint.Parse("0.0.0.0:8080")));
    }

    public static TheoryData<string, string> Mistakes => new()
    {
        { "issuer http", "Access:Oidc:Issuer must be" }, { "issuer missing", "Access:Oidc:Issuer is not set" }, { "base http", "Access:Oidc:BaseUrl must be" }, { "base missing", "Access:Oidc:BaseUrl must be" },
        { "neither", "set ClientId" }, { "same audience", "Access:Oidc:Audience must differ" }, { "no roles", "Access:Oidc:Roles gives" }, { "no file", "Access:Oidc:ClientSecretFile cannot be read" },
        { "slow", "Access:Oidc:TimeoutSeconds" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_told_by_its_name_without_the_secret(string mistake, string message)
    {
        var options = Whole();
        switch (mistake)
        {
            case "issuer http": options.Issuer = "http://login.example.com"; break;
            case "issuer missing": options.Issuer = null; break;
            case "base http": options.BaseUrl = "http://watchdog.example.com"; break;
            case "base missing": options.BaseUrl = null; break;
            case "neither": options.ClientId = null; break;
            case "same audience": options.Audience = options.ClientId; break;
            case "no roles": options.Roles = new RoleMap(); break;
            case "no file": options.ClientSecretFile = "/nowhere/secret"; break;
            default: options.TimeoutSeconds = 0; break;
        }

        var wrong = Assert.Single(options.Errors());
        Assert.Contains(message, wrong, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", wrong, StringComparison.Ordinal);
    }

    private static OidcOptions Whole() => new()
    {
        Issuer = "https://login.example.com", ClientId = "watchdog", ClientSecret = "s3cret", BaseUrl = "https://watchdog.example.com", Roles = new RoleMap { Operator = ["ops"] },
    };
}
