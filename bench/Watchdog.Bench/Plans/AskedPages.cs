namespace Watchdog.Bench.Plans;

/// <summary>The pages and reads whose statements are looked at, each by a name and an address.</summary>
internal static class AskedPages
{
    public static IEnumerable<(string Name, string Path)> Of(int cases, DateTimeOffset now)
    {
        var (newest, someOwner, someVm) = (cases - 3, "acct-000123", "i-0000000000000007b");
        // The newest case of the owner with the long history: cases and VMs are counted from the newest on.
        var big = cases;
        return
        [
            ("queue", "/cases"), ("queue, page 100", "/cases?page=100"), ("queue by class", "/cases?class=miner"), ("queue by state", "/cases?state=contained"), ("queue by owner", $"/cases?owner={someOwner}"),
            ("queue by a detector", "/cases?detector=forkbomb"), ("queue by age", "/cases?age=24"), ("queue without ruling", "/cases?ruling=none"), ("queue by ruling", "/cases?ruling=false_positive"),
            ("queue by text", "/cases?q=acct-0001"), ("queue of nobody's", "/cases?assignee=none"), ("queue, nothing matches", "/cases?owner=nobody"),
            ("queue of closed", "/cases?show=closed"), ("queue of all", "/cases?show=all"), ("queue of all by text", "/cases?show=all&q=acct-0001"), ("queue of all by ruling", "/cases?show=all&ruling=false_positive"),
            ("queue of all, page 4000", "/cases?show=all&page=4000"),
            ("case", $"/cases/{newest}"), ("case of an owner with many", $"/cases/{big}"), ("case, closed", $"/cases/{cases / 2}"),
            ("form of release", $"/cases/{newest}/release"), ("form of handing over", $"/cases/{newest}/hand-over"), ("form of an exemption", $"/cases/{newest}/exempt"),
            ("exemption of an image, preview", $"/cases/{newest}/exempt?kind=image&subject=ami-3&preview=1"),
            ("draft of a bulk", "/cases/bulk?class=miner"), ("draft of a bulk of all", "/cases/bulk"), ("bulks", "/bulk"), ("bulk", "/bulk/3"),
            ("approvals", "/approvals"), ("exemptions", "/exemptions"), ("exemption", "/exemptions/3"),
            ("VM search by id", "/vms?q=i-00000000000001"), ("VM search by owner", "/vms?q=acct-0001"), ("VMs", "/vms"), ("VM", $"/vms/{someVm}"), ("VM with a case", $"/vms/i-{newest - cases + 3:x17}"),
            ("fleet", "/fleet"), ("idle", "/idle"), ("SLO", "/slo"), ("worst VMs", "/slo/worst"), ("incidents", "/incidents"), ("incidents, all", "/incidents?show=all"), ("incident", "/incidents/7"),
            ("messages", "/messages"), ("messages, sent", "/messages?state=sent"), ("reports", "/reports"), ("report of yesterday", FormattableString.Invariant($"/reports/{now.AddDays(-1):yyyy-MM-dd}")),
            ("workers", "/workers"), ("settings", "/settings"), ("audit", "/audit"), ("audit by actor", "/audit?actor=ann"), ("audit by what", "/audit?what=case.ruled"),
            ("audit by subject", $"/audit?subject=case:{newest}"), ("audit by actor and what", "/audit?actor=ann&what=case.opened"), ("audit by actor and subject", $"/audit?actor=ann&subject=case:{newest}"),
            ("/v1/cases", "/v1/cases"), ("/v1/cases by owner", "/v1/cases?owner=acct-big"), ("/v1/cases/{id}", $"/v1/cases/{newest}"), ("/v1/vms/{id}", $"/v1/vms/{someVm}"),
            ("/v1/incidents", "/v1/incidents"), ("/v1/incidents/{id}", "/v1/incidents/7"), ("/v1/exemptions", "/v1/exemptions"),
            ("/v1 preview, VM", $"/v1/exemptions/preview?kind=vm&subject={someVm}"), ("/v1 preview, owner", "/v1/exemptions/preview?kind=owner&subject=acct-big"),
            ("/v1 preview, image", "/v1/exemptions/preview?kind=image&subject=ami-3"), ("/v1 preview, tag", "/v1/exemptions/preview?kind=tag&subject=Name%3Dide"),
            ("/v1 preview, executable", "/v1/exemptions/preview?kind=executable&subject=/usr/bin/program-7"),
            ("/v1/approvals", "/v1/approvals"), ("/v1/bulks/{id}", "/v1/bulks/3"), ("/v1/bulks/{id}/items", "/v1/bulks/3/items"), ("/v1/audit", "/v1/audit"),
            ("/v1/audit by subject", $"/v1/audit?subject=case:{newest}"), ("/v1/requests/{id}", "/v1/requests/77"),
        ];
    }
}
