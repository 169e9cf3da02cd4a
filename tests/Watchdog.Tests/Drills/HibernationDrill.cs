using Npgsql;
using Watchdog.Enforcement;

namespace Watchdog.Tests.Drills;

/// <summary>An hour of a simulated fleet whose policy hibernates: some VMs were launched for it, some not, and of some EC2 refuses it.</summary>
public sealed class HibernationDrill
{
    [Fact]
    [Trait("Category", "Drill")]
    public async Task What_acts_say_of_hibernations_is_what_ec2_did()
    {
        await using var stage = await DemoStage.SetAsync(60, hibernationShare: 0.6, settings: new KeyValuePair<string, string?>("IdleShutdown:OnStop", "Hibernate"));
        stage.Region.Faults.NoHibernationShare = 0.4;
        await stage.RunAsync(60);
        Assert.Equal(0, stage.Pipeline.Failures);

        var acts = await ActsAsync(stage.Database);
        var listed = (await stage.Get<IActuator>().ReadAsync(await stage.ScopeAsync(), [.. acts.Keys], default)).ToDictionary(vm => vm.InstanceId);
        foreach (var (id, detail) in acts)
        {
            Assert.Equal(detail.StartsWith("hibernated;", StringComparison.Ordinal) ? "Client.UserInitiatedHibernate" : "Client.UserInitiatedShutdown", listed[id].StateReason);
            Assert.Equal(listed[id].CanHibernate != true, detail.StartsWith("stopped, not hibernated: EC2 does not say", StringComparison.Ordinal));
        }

        // Each of the three came about.
        Assert.Equal(["hibernated", "refused", "unsaid"], acts.Values.Select(KindOf).Distinct().Order(StringComparer.Ordinal));
    }

    private static string KindOf(string detail) => detail switch
    {
        _ when detail.StartsWith("hibernated;", StringComparison.Ordinal) => "hibernated",
        _ when detail.Contains("EC2 refused it (UnsupportedOperation", StringComparison.Ordinal) => "refused",
        _ when detail.Contains("EC2 does not say", StringComparison.Ordinal) => "unsaid",
        _ => detail,
    };

    private static async Task<IReadOnlyDictionary<string, string>> ActsAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("select instance_id, detail from act where purpose = 'idle' and kind = 'stop' and state = 'verified'");
        Dictionary<string, string> details = new(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            details.Add(reader.GetString(0), reader.GetString(1));
        }

        return details;
    }
}
