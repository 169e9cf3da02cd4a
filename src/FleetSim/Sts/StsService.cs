using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.Sts;

/// <summary>GetCallerIdentity, and AssumeRole with credentials that mean nothing outside this Region.</summary>
internal static class StsService
{
    public static void Answer(Call call, PooledBuffer output)
    {
        var xml = new XmlOut(output);
        switch (call.Action)
        {
            case "GetCallerIdentity":
                xml.Raw("<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>"u8);
                xml.Text("Arn"u8, $"arn:aws:iam::{call.Region.Options.AccountId}:user/simulated");
                xml.Text("UserId"u8, "AIDASIMULATEDUSER0000");
                xml.Text("Account"u8, call.Region.Options.AccountId);
                xml.Raw("</GetCallerIdentityResult>"u8);
                End(call, xml, "</GetCallerIdentityResponse>"u8);
                break;
            case "AssumeRole":
                AssumeRole(call, xml);
                break;
            default:
                throw new AwsError(400, "InvalidAction", $"Could not find operation {call.Action} for version 2011-06-15");
        }
    }

    private static void AssumeRole(Call call, XmlOut xml)
    {
        var role = call.Fields.Need("RoleArn");
        var session = call.Fields.Need("RoleSessionName");
        if (!role.StartsWith("arn:aws", StringComparison.Ordinal) || role.Split(':') is not [_, _, "iam", _, _, var name] || !name.StartsWith("role/", StringComparison.Ordinal))
            throw new AwsError(400, "ValidationError", $"{role} is invalid");
        var seconds = call.Fields.Number("DurationSeconds") ?? 3600;
        xml.Raw("<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><AssumedRoleUser>"u8);
        xml.Text("AssumedRoleId"u8, $"AROASIMULATEDROLE0000:{session}");
        xml.Text("Arn"u8, $"arn:aws:sts::{role.Split(':')[4]}:assumed-role/{name[5..]}/{session}");
        xml.Raw("</AssumedRoleUser><Credentials>"u8);
        xml.Text("AccessKeyId"u8, call.Region.Options.RequiredAccessKeyId ?? "ASIASIMULATEDKEY0000");
        xml.Text("SecretAccessKey"u8, "simulated/secret/that/opens/nothing");
        xml.Text("SessionToken"u8, "simulated-session-token");
        // Credentials expire by the wall's clock: the client compares with it.
        xml.Time("Expiration"u8, call.Region.Options.WallClock.GetUtcNow().AddSeconds(seconds));
        xml.Raw("</Credentials></AssumeRoleResult>"u8);
        End(call, xml, "</AssumeRoleResponse>"u8);
    }

    private static void End(Call call, XmlOut xml, ReadOnlySpan<byte> close)
    {
        xml.Raw("<ResponseMetadata>"u8);
        xml.Text("RequestId"u8, call.RequestId);
        xml.Raw("</ResponseMetadata>"u8);
        xml.Raw(close);
    }
}
