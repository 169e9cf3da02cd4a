using Watchdog.Inventory;

namespace Watchdog.Cli.Doctor;

/// <summary>
/// What a dry run of StartInstances leaves open: EC2 asks KMS for a grant on each encrypted volume's key, and only when it really starts
/// the VM. Without <c>kms:CreateGrant</c> the VM goes from <c>pending</c> back to <c>stopped</c>. The worker may read neither volumes nor
/// keys, so that this is said and not found out.
/// </summary>
internal static class EncryptionCheck
{
    public static Check Of(Scope scope, FleetLook fleet)
    {
        const string name = "kms:CreateGrant";
        if (fleet.Example is not { } vm)
        {
            return Check.Unknown(name, scope.Key, "there is no managed VM whose volumes could be encrypted");
        }

        return Check.Unknown(name, scope.Key,
            "asked: StartInstances as a dry run, which does not ask KMS. Open: whether a release can start a VM whose volumes a customer's key encrypts",
            string.Join('\n',
                $"aws ec2 describe-volumes --region {scope.Region} --filters Name=attachment.instance-id,Values={vm.InstanceId} --query 'Volumes[].[VolumeId,Encrypted,KmsKeyId]'",
                $"aws kms describe-key --region {scope.Region} --key-id KEY --query KeyMetadata.KeyManager   # AWS: nothing is needed. CUSTOMER: the worker's role needs",
                $"# {{ \"Effect\": \"Allow\", \"Action\": \"kms:CreateGrant\", \"Resource\": \"KEY\", \"Condition\": {{ \"Bool\": {{ \"kms:GrantIsForAWSResource\": \"true\" }}, "
                    + $"\"StringEquals\": {{ \"kms:ViaService\": \"ec2.{scope.Region}.amazonaws.com\" }} }} }}",
                "# and the key's own policy must let IAM decide. One stop and start of a VM of your own with such a volume proves it."));
    }
}
