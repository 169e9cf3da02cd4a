using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Watchdog.Inventory;

/// <summary>Which VMs are watched, and how their tags read. Section <c>Inventory</c>.</summary>
public sealed class InventoryOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Inventory";

    /// <summary>Accounts and Regions to watch. Default: empty, which means the default credentials' account in the default Region.</summary>
    [ValidateEnumeratedItems]
    public IList<ScopeOptions> Scopes { get; init; } = [];

    /// <summary>
    /// Tag key that marks a VM as Watchdog's business, 1 to 128 characters. Default <c>watchdog:managed</c>. VMs without it are neither
    /// listed nor touched; the IAM policy names it too.
    /// </summary>
    [Required, StringLength(128, MinimumLength = 1)]
    public string ManagedTag { get; set; } = "watchdog:managed";

    /// <summary>Value of <see cref="ManagedTag"/>, 1 to 256 characters. Default <c>true</c>.</summary>
    [Required, StringLength(256, MinimumLength = 1)]
    public string ManagedValue { get; set; } = "true";

    /// <summary>
    /// Tag key that holds the VM's owner, 1 to 128 characters. Default <c>watchdog:owner</c>. A VM without it has the owner
    /// <c>unknown</c>, and owner-wide exemptions cannot reach it.
    /// </summary>
    [Required, StringLength(128, MinimumLength = 1)]
    public string OwnerTag { get; set; } = "watchdog:owner";

    /// <summary>Tag key that holds the owner's plan, 1 to 128 characters. Default <c>plan</c>. A VM without it has no plan.</summary>
    [Required, StringLength(128, MinimumLength = 1)]
    public string PlanTag { get; set; } = "plan";

    /// <summary>
    /// Longest time between two listings, seconds of fleet time, that still counts as seen without a break; 60 to 3600, default 180.
    /// Longer silences are unknown minutes in the uptime books; a larger value hides them.
    /// </summary>
    [Range(60, 3600)]
    public int CoverageGapSeconds { get; set; } = 180;
}

/// <summary>One account and the Regions in it.</summary>
public sealed class ScopeOptions
{
    /// <summary>AWS account number, 12 digits; null for the account of the credentials. Default null. Names the scope, chooses nothing.</summary>
    [RegularExpression("^[0-9]{12}$")]
    public string? AccountId { get; set; }

    /// <summary>Role to assume, an IAM role's ARN; null uses the default credential chain as it is. Default null.</summary>
    [RegularExpression("^arn:aws[a-z-]*:iam::[0-9]{12}:role/.+$")]
    public string? RoleArn { get; set; }

    /// <summary>AWS Region names, e.g. <c>eu-west-1</c>; at least one. Each Region is a scope of its own, with its own rate budgets.</summary>
    [MinLength(1)]
    public IList<string> Regions { get; init; } = [];
}

/// <summary>Reports every wrong setting at once, before anything starts.</summary>
[OptionsValidator]
internal sealed partial class InventoryOptionsValidator : IValidateOptions<InventoryOptions>;

/// <summary>The rules that join several fields.</summary>
internal sealed class InventoryScopesValidator : IValidateOptions<InventoryOptions>
{
    public ValidateOptionsResult Validate(string? name, InventoryOptions options)
    {
        List<string> errors = [];
        HashSet<string> keys = [];
        foreach (var scope in options.Scopes)
        {
            foreach (var region in scope.Regions)
            {
                if (string.IsNullOrWhiteSpace(region))
                {
                    errors.Add($"{InventoryOptions.Section}:Scopes: a Region's name is empty.");
                }
                else if (!keys.Add(ScopeCatalog.KeyOf(scope.AccountId, region)))
                {
                    errors.Add($"{InventoryOptions.Section}:Scopes: {ScopeCatalog.KeyOf(scope.AccountId, region)} is configured twice.");
                }
            }
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
