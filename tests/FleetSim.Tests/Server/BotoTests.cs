using Xunit.Abstractions;

namespace Watchdog.FleetSim.Tests.Server;

/// <summary>Stock boto3, unchanged, against the Region. Where python3 has no boto3 the test says so and ends.</summary>
public sealed class BotoTests(ITestOutputHelper output)
{
    private const string Script = """
        import boto3, datetime, sys
        from botocore.exceptions import ClientError
        endpoint, now = sys.argv[1], datetime.datetime.fromisoformat(sys.argv[2])
        session = boto3.Session(aws_access_key_id='AKIDTEST', aws_secret_access_key='secret', region_name='us-east-1')
        ec2, cw, ssm, sts = (session.client(s, endpoint_url=endpoint) for s in ('ec2', 'cloudwatch', 'ssm', 'sts'))

        pages = list(ec2.get_paginator('describe_instances').paginate(
            Filters=[{'Name': 'tag:watchdog:managed', 'Values': ['true']}], PaginationConfig={'PageSize': 400}))
        vms = [i for p in pages for r in p['Reservations'] for i in r['Instances']]
        assert len(pages) == 7 and len({i['InstanceId'] for i in vms}) == 2500, (len(pages), len(vms))
        vm = vms[17]
        assert vm['State'] == {'Code': 16, 'Name': 'running'} and vm['LaunchTime'].year == 2026
        assert {t['Key'] for t in vm['Tags']} == {'Name', 'plan', 'watchdog:managed', 'watchdog:owner'}
        assert vm['NetworkInterfaces'][0]['Attachment']['DeviceIndex'] == 0
        ids = [i['InstanceId'] for i in vms[:3]]

        try:
            ec2.stop_instances(InstanceIds=ids, DryRun=True)
            assert False, 'a dry run must raise'
        except ClientError as e:
            assert e.response['Error']['Code'] == 'DryRunOperation', e
        stopped = ec2.stop_instances(InstanceIds=ids)['StoppingInstances']
        assert [(s['PreviousState']['Name'], s['CurrentState']['Name']) for s in stopped] == [('running', 'stopping')] * 3
        ec2.create_tags(Resources=[vm['InstanceId']], Tags=[{'Key': 'watchdog:case', 'Value': 'a & b < c'}])
        quarantine = ec2.describe_security_groups(Filters=[{'Name': 'tag:watchdog:role', 'Values': ['quarantine']}])['SecurityGroups']
        group = next(g['GroupId'] for g in quarantine if g['VpcId'] == vm['VpcId'])
        ec2.modify_network_interface_attribute(NetworkInterfaceId=vm['NetworkInterfaces'][0]['NetworkInterfaceId'], Groups=[group])
        snapshots = ec2.create_snapshots(InstanceSpecification={'InstanceId': vm['InstanceId']}, TagSpecifications=[
            {'ResourceType': 'snapshot', 'Tags': [{'Key': 'op', 'Value': '1'}]}])['Snapshots']
        assert snapshots[0]['State'] == 'pending' and snapshots[0]['VolumeId'] == vm['BlockDeviceMappings'][0]['Ebs']['VolumeId']
        assert 'Linux version' in ec2.get_console_output(InstanceId=vm['InstanceId'], Latest=True)['Output']
        statuses = ec2.describe_instance_status(Filters=[{'Name': 'instance-status.status', 'Values': ['impaired']}])['InstanceStatuses']
        assert statuses == [], statuses

        queries = [{'Id': 'm%d' % n, 'MetricStat': {'Metric': {'Namespace': 'AWS/EC2', 'MetricName': 'CPUUtilization', 'Dimensions': [
            {'Name': 'InstanceId', 'Value': i['InstanceId']}]}, 'Period': 300, 'Stat': 'Average'}} for n, i in enumerate(vms[100:110])]
        data = cw.get_metric_data(MetricDataQueries=queries, StartTime=now - datetime.timedelta(hours=3), EndTime=now)
        assert len(data['MetricDataResults']) == 10
        for series in data['MetricDataResults']:
            assert 34 <= len(series['Values']) <= 36 and set(series['Values']) == {42.0} and series['StatusCode'] == 'Complete', series
            assert series['Timestamps'] == sorted(series['Timestamps'], reverse=True)
        one = dict(Namespace='AWS/EC2', MetricName='CPUUtilization', Dimensions=[{'Name': 'InstanceId', 'Value': vms[100]['InstanceId']}],
            StartTime=now - datetime.timedelta(hours=3), EndTime=now, Period=300)
        points = cw.get_metric_statistics(Statistics=['Average', 'Maximum'], **one)
        assert points['Label'] == 'CPUUtilization' and 34 <= len(points['Datapoints']) <= 36, points
        newest_first = sorted((p['Timestamp'] for p in points['Datapoints']), reverse=True)
        assert newest_first == data['MetricDataResults'][0]['Timestamps'], points
        assert all(p['Average'] == p['Maximum'] == 42.0 and p['Unit'] == 'Percent' for p in points['Datapoints']), points
        try:
            cw.get_metric_statistics(**one)
            assert False, 'no statistic must raise'
        except ClientError as e:
            assert e.response['Error']['Code'] == 'InvalidParameterCombination', e
        cw.put_metric_data(Namespace='Watchdog', MetricData=[{'MetricName': 'swept', 'Value': 1.0}])
        try:
            cw.get_metric_data(MetricDataQueries=[dict(queries[0], Id='Upper')], StartTime=now - datetime.timedelta(hours=3), EndTime=now)
            assert False, 'a bad id must raise'
        except ClientError as e:
            assert e.response['Error']['Code'] == 'ValidationError', e

        command = ssm.send_command(DocumentName='Watchdog-FleetInspect', InstanceIds=[vms[9]['InstanceId']])['Command']
        try:
            ssm.get_command_invocation(CommandId=command['CommandId'], InstanceId=vms[9]['InstanceId'])
            assert False, 'an invocation must not exist yet'
        except ClientError as e:
            assert e.response['Error']['Code'] == 'InvocationDoesNotExist', e
        info = ssm.describe_instance_information(Filters=[{'Key': 'PingStatus', 'Values': ['Online']}], MaxResults=50)
        assert len(info['InstanceInformationList']) == 50 and info['NextToken']
        assert sts.get_caller_identity()['Account'] == '111122223333'
        role = sts.assume_role(RoleArn='arn:aws:iam::111122223333:role/watchdog', RoleSessionName='session')['Credentials']
        assert role['Expiration'] > datetime.datetime.now(datetime.timezone.utc)
        print('boto3 is content')
        """;

    [Fact]
    public async Task Stock_boto3_pages_stops_tags_contains_measures_and_inspects()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(2500));
        var script = Path.Combine(Path.GetTempPath(), $"fleetsim-{Guid.NewGuid():N}.py");
        await File.WriteAllTextAsync(script, Script);
        try
        {
            if (await Programs.Run("python3", "-c", "import boto3") is not { ExitCode: 0 })
            {
                output.WriteLine("python3 with boto3 is not installed: nothing was checked.");
                return;
            }

            var (code, text) = (await Programs.Run("python3", script, host.Region.Endpoint.ToString(), host.Now.ToString("yyyy-MM-ddTHH:mm:ss+00:00")))!.Value;
            Assert.True(code == 0, text);
            Assert.Contains("boto3 is content", text, StringComparison.Ordinal);
            Assert.Equal(7, host.Region.CallCounts["ec2:DescribeInstances"]);
        }
        finally
        {
            File.Delete(script);
        }
    }
}
