using Watchdog.Cli;
using Watchdog.Cli.Doctor;
using Watchdog.FleetSim;

namespace Watchdog.Tests.Cli.Doctor;

public sealed class DoctorTests
{
    [Fact]
    public async Task Where_all_is_set_up_everything_holds_but_what_cannot_be_asked()
    {
        await using var patient = await Patient.CreateAsync();

        var checks = await patient.ExamineAsync();

        Assert.DoesNotContain(checks, check => check.State == CheckState.Wrong);
        Assert.Equal(["ssm:SendCommand", "kms:CreateGrant", "SSM document", "SSM document", "SSM document"], checks.Where(check => check.State == CheckState.Unknown).Select(check => check.Name));
        Assert.Equal(
            [
                "configuration", "database", "clock against the database", "schema", "policy", "AWS budget", "Region", "credentials",
                "clock against AWS", "ec2:DescribeInstances", "ec2:DescribeInstanceStatus", "ssm:DescribeInstanceInformation", "cloudwatch:GetMetricData",
                "ec2:GetConsoleOutput", "ssm:GetCommandInvocation", "ec2:StopInstances", "ec2:StartInstances", "ec2:RebootInstances",
                "ec2:ModifyInstanceAttribute", "ec2:CreateSnapshots", "ec2:CreateTags", "ec2:DeleteTags",
                "ec2:ModifyNetworkInterfaceAttribute", "ec2:ModifyNetworkInterfaceAttribute", "ssm:SendCommand", "kms:CreateGrant",
                "ec2:DescribeSecurityGroups", "quarantine group", "conversion group", "quarantine group", "conversion group", "SSM document", "SSM document", "SSM document",
            ], checks.Select(check => check.Name));
        Assert.Contains("account 111122223333, arn:aws:iam::111122223333:user/simulated", checks.Select(check => check.Detail));
        Assert.Contains("Mode observe", Patient.Find(checks, "policy").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_changed_by_looking()
    {
        await using var patient = await Patient.CreateAsync();
        var before = await patient.ListAsync();

        await patient.ExamineAsync();

        Assert.Equal(1, patient.Region.CallCounts["ec2:StopInstances"]);
        Assert.Equal(before, await patient.ListAsync());
        Assert.False(patient.Region.CallCounts.ContainsKey("ssm:SendCommand"));
    }

    [Theory]
    [InlineData("ec2:StopInstances")]
    [InlineData("ec2:CreateTags")]
    [InlineData("ec2:ModifyInstanceAttribute")]
    [InlineData("ec2:CreateSnapshots")]
    [InlineData("ec2:ModifyNetworkInterfaceAttribute")]
    [InlineData("cloudwatch:GetMetricData")]
    [InlineData("ssm:DescribeInstanceInformation")]
    [InlineData("ssm:GetCommandInvocation")]
    [InlineData("ec2:DescribeInstances")]
    [InlineData("ec2:DescribeInstanceStatus")]
    [InlineData("ec2:DescribeSecurityGroups")]
    public async Task A_denied_action_is_the_one_that_does_not_hold(string action)
    {
        await using var patient = await Patient.CreateAsync();
        patient.Region.Faults.DeniedActions[action] = true;

        var wrong = (await patient.ExamineAsync()).Where(check => check.State == CheckState.Wrong).ToList();

        Assert.NotEmpty(wrong);
        Assert.All(wrong, check => Assert.Equal(action, check.Name));
        Assert.All(wrong, check => Assert.Contains("watchdog iam-policy", check.Mend, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_that_tells_neither_way_is_unknown_and_not_ok()
    {
        await using var patient = await Patient.CreateAsync();
        patient.Region.Faults.FailNext("ec2:StartInstances", FleetSim.Failing.FaultKind.ServerError);

        var start = Patient.Find(await patient.ExamineAsync(), "ec2:StartInstances");

        Assert.Equal(CheckState.Unknown, start.State);
        Assert.Contains("InternalError", start.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vpc_without_a_quarantine_group_comes_with_the_commands_that_make_one()
    {
        await using var patient = await Patient.CreateAsync(new SimulatedRegionOptions { VpcWithoutContainment = 1, VpcCount = 2 });

        var wrong = Assert.Single(await patient.ExamineAsync(), check => check.State == CheckState.Wrong);

        Assert.Equal("quarantine group", wrong.Name);
        var vpc = wrong.Detail.Split(' ')[0];
        Assert.Contains($"create-security-group --region us-east-1 --vpc-id {vpc} ", wrong.Mend, StringComparison.Ordinal);
        Assert.Contains("Tags=[{Key=watchdog:role,Value=quarantine}]", wrong.Mend, StringComparison.Ordinal);
        Assert.Contains("revoke-security-group-egress", wrong.Mend, StringComparison.Ordinal);
        Assert.Contains("FromPort=443", wrong.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vpc_without_a_conversion_group_comes_with_the_commands_that_open_it_both_ways_for_both_families()
    {
        await using var patient = await Patient.CreateAsync(new SimulatedRegionOptions { VpcWithoutConversion = 1, VpcCount = 2 });

        var wrong = Assert.Single(await patient.ExamineAsync(), check => check.State == CheckState.Wrong);

        Assert.Equal("conversion group", wrong.Name);
        Assert.Contains("Tags=[{Key=watchdog:role,Value=conversion}]", wrong.Mend, StringComparison.Ordinal);
        Assert.Contains("authorize-security-group-ingress", wrong.Mend, StringComparison.Ordinal);
        Assert.Contains("'IpProtocol=-1,IpRanges=[{CidrIp=0.0.0.0/0}],Ipv6Ranges=[{CidrIpv6=::/0}]'", wrong.Mend, StringComparison.Ordinal);
        Assert.Contains("authorize-security-group-egress", wrong.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void A_doubled_group_is_wrong_and_the_first_is_kept()
    {
        var check = ContainmentCheck.Judge(Aws.SimulatedAws.Here, "vpc-1", 3, "conversion", ["sg-1", "sg-2", "sg-3"]);

        Assert.Equal(("conversion group", CheckState.Wrong), (check.Name, check.State));
        Assert.Contains("--resources sg-2 sg-3 --tags Key=watchdog:role   # keeps sg-1", check.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_dry_run_of_a_start_leaves_open_is_said()
    {
        await using var patient = await Patient.CreateAsync();

        var grant = Patient.Find(await patient.ExamineAsync(), "kms:CreateGrant");

        Assert.Equal(CheckState.Unknown, grant.State);
        Assert.Contains("does not ask KMS", grant.Detail, StringComparison.Ordinal);
        Assert.Contains("kms:GrantIsForAWSResource", grant.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_that_aws_does_not_know_end_the_questions()
    {
        await using var patient = await Patient.CreateAsync(new SimulatedRegionOptions { RequiredAccessKeyId = "AKIAANOTHERONE000000" });

        var checks = await patient.ExamineAsync();

        Assert.Contains("InvalidClientTokenId", Assert.Single(checks, check => check.State == CheckState.Wrong).Detail, StringComparison.Ordinal);
        Assert.Equal(CheckState.Unknown, Patient.Find(checks, "permissions").State);
        Assert.Equal(["sts:GetCallerIdentity"], patient.Region.CallCounts.Keys);
    }

    [Fact]
    public async Task An_endpoint_that_nobody_listens_on_is_told_from_a_refusal()
    {
        await using var patient = await Patient.CreateAsync(settings: [("Aws:ReadRetries", "0")], endpoint: new Uri("http://127.0.0.1:1"));

        var checks = await patient.ExamineAsync();

        var credentials = Patient.Find(checks, "credentials");
        Assert.Equal(CheckState.Wrong, credentials.State);
        Assert.Contains("could not be asked", credentials.Detail, StringComparison.Ordinal);
        Assert.Equal(CheckState.Unknown, Patient.Find(checks, "ec2:DescribeInstances").State);
        Assert.Equal(CheckState.Unknown, Patient.Find(checks, "clock against AWS").State);
    }

    [Fact]
    public async Task The_scopes_account_must_be_the_credentials_own()
    {
        await using var patient = await Patient.CreateAsync(
            settings: [("Inventory:Scopes:0:AccountId", "999999999999"), ("Inventory:Scopes:0:Regions:0", "us-east-1")]);

        var wrong = Assert.Single(await patient.ExamineAsync(), check => check.State == CheckState.Wrong);

        Assert.Equal(("credentials", "999999999999/us-east-1"), (wrong.Name, wrong.Scope));
        Assert.Contains("belongs to account 111122223333", wrong.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_is_off_shows_against_the_database_and_against_aws()
    {
        await using var patient = await Patient.CreateAsync(ahead: TimeSpan.FromMinutes(10));

        var wrong = (await patient.ExamineAsync()).Where(check => check.State == CheckState.Wrong).ToList();

        Assert.Equal(["clock against the database", "clock against AWS"], wrong.Select(check => check.Name));
        Assert.All(wrong, check => Assert.Contains("ahead of", check.Detail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_errors_of_the_configuration_are_told_at_once_and_nothing_else_is_looked_at()
    {
        await using var patient = await Patient.CreateAsync(
            settings: [("Policy:Mode", "Bogus"), ("Aws:RateShare", "7"), ("Inventory:CoverageGapSeconds", "1"), ("Policy:Caps:PerHour", "-1")]);

        var checks = await patient.ExamineAsync();

        var wrong = checks.Where(check => check.State == CheckState.Wrong).ToList();
        Assert.All(["Bogus", "RateShare", "CoverageGapSeconds"], word => Assert.Contains(wrong, check => check.Detail.Contains(word, StringComparison.Ordinal)));
        Assert.Equal(CheckState.Unknown, Patient.Find(checks, "everything else").State);
        Assert.Empty(patient.Region.CallCounts);
    }

    [Fact]
    public async Task A_database_that_is_away_does_not_hide_what_aws_says()
    {
        await using var patient = await Patient.CreateAsync(settings: [("Storage:ConnectionString", "Host=127.0.0.1;Port=1;Username=u;Database=d")]);

        var checks = await patient.ExamineAsync();

        Assert.Equal(["database"], checks.Where(check => check.State == CheckState.Wrong).Select(check => check.Name));
        Assert.Equal(CheckState.Ok, Patient.Find(checks, "credentials").State);
    }

    [Fact]
    public async Task A_database_without_the_schedulers_tables_wants_a_migration()
    {
        await using var patient = await Patient.CreateAsync(provisioned: false);

        var wrong = Assert.Single(await patient.ExamineAsync(), check => check.State == CheckState.Wrong);

        Assert.Equal(("schema", "watchdog migrate"), (wrong.Name, wrong.Mend));
        Assert.Contains("lacks the scheduler's tables", wrong.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scope_without_vms_says_what_it_could_not_try()
    {
        await using var patient = await Patient.CreateAsync(vms: 0);

        var checks = await patient.ExamineAsync();

        Assert.DoesNotContain(checks, check => check.State == CheckState.Wrong);
        Assert.Contains("no managed VM", Patient.Find(checks, "other permissions").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_table_ends_with_what_to_do_and_the_json_with_the_same()
    {
        await using var output = new StringWriter();
        Check[] checks = [Check.Ok("database", null, "answers"), Check.Wrong("group", "default/r", "[none]\u001b", "first\nsecond"), Check.Unknown("sent", "default/r", "?")];

        DoctorTable.Print(Screen.On(output), output, checks);

        Assert.Matches(@"does not hold +│ group +│ \[none\]\\u\{1B\}", output.ToString());
        Assert.Contains("To mend group in default/r:\n  first\n  second\n1 wrong, 1 unknown.", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(["ok", "wrong", "unknown"], DoctorJson.Of(false, checks).Checks.Select(check => check.State));
    }
}
