"""Fills a moto server: N managed instances with two network interfaces on two groups each, and the two groups of a containment. Prints the ids."""
import sys

import boto3

endpoint, total = sys.argv[1], int(sys.argv[2])
ec2 = boto3.client("ec2", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test")

vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
subnet = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["Subnets"][0]["SubnetId"]


def group(name, role):
    return ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc, TagSpecifications=[
        {"ResourceType": "security-group", "Tags": [{"Key": "watchdog:role", "Value": role}]}])["GroupId"]


group("watchdog-quarantine", "quarantine")
group("watchdog-conversion", "conversion")
own = [group(f"own-{n}", "vm") for n in range(3)]
image = ec2.describe_images()["Images"][0]["ImageId"]
for _ in range(total):
    # moto shows the instance's own groups on every interface, whatever the interface has: groups stand at the interfaces alone.
    instance = ec2.run_instances(
        ImageId=image, MinCount=1, MaxCount=1, InstanceType="m5.large",
        NetworkInterfaces=[
            {"DeviceIndex": 0, "SubnetId": subnet, "Groups": own[:2]}, {"DeviceIndex": 1, "SubnetId": subnet, "Groups": own[1:]}],
        TagSpecifications=[{"ResourceType": "instance", "Tags": [
            {"Key": "watchdog:managed", "Value": "true"}, {"Key": "watchdog:owner", "Value": "somebody"}]}])["Instances"][0]["InstanceId"]
    print(instance)
