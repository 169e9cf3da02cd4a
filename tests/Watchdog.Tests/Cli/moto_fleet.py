"""Fills a moto server: N managed instances, H of them hot for three hours. Prints the hot ids, one a line."""
import datetime
import sys

import boto3
from botocore.config import Config

endpoint, total, hot = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
args = dict(endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test",
            config=Config(disable_request_compression=True))  # moto does not unpack what botocore packs
ec2, cloudwatch = boto3.client("ec2", **args), boto3.client("cloudwatch", **args)

image = ec2.describe_images()["Images"][0]["ImageId"]
launched = ec2.run_instances(
    ImageId=image, MinCount=total, MaxCount=total, InstanceType="m5.large",
    TagSpecifications=[{"ResourceType": "instance", "Tags": [
        {"Key": "watchdog:managed", "Value": "true"}, {"Key": "watchdog:owner", "Value": "somebody"}]}])
ids = [i["InstanceId"] for i in launched["Instances"]]

now = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
start = datetime.datetime.fromtimestamp(now.timestamp() // 300 * 300, datetime.timezone.utc)
data = []
for n, instance in enumerate(ids):
    for step in range(1, 37):
        data.append({
            "MetricName": "CPUUtilization", "Unit": "Percent", "Timestamp": start - datetime.timedelta(seconds=300 * step),
            "Dimensions": [{"Name": "InstanceId", "Value": instance}],
            "Value": 98.5 + (step % 3) * 0.4 if n < hot else 2.0 + (n + step) % 5})
for i in range(0, len(data), 1000):
    cloudwatch.put_metric_data(Namespace="AWS/EC2", MetricData=data[i:i + 1000])
print("\n".join(ids[:hot]))
