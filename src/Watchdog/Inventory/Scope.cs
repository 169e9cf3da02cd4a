namespace Watchdog.Inventory;

/// <summary>One AWS account in one Region: where quotas, rate budgets and credentials live.</summary>
/// <param name="Id">Key in table <c>scope</c>.</param>
/// <param name="Key"><c>account/Region</c>, e.g. <c>123456789012/eu-west-1</c>; <c>default/…</c> where the account is the credentials' own.</param>
/// <param name="Region">AWS Region name.</param>
/// <param name="RoleArn">Role to assume; null uses the default credential chain as it is.</param>
public sealed record Scope(short Id, string Key, string Region, string? RoleArn);
