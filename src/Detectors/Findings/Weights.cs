namespace Watchdog.Detectors.Findings;

/// <summary>
/// What each piece of evidence weighs, natural log-odds. A piece of about +1 supports, +2 is a medium sign, +5 a strong one. Where a source
/// gives rates the weight is their rounded log-ratio; where it gives none, the weight is chosen so that the pieces that the source asks for
/// together cross the verdict's threshold, and no single weak one does.
/// </summary>
public static class Weights
{
    /// <summary>Log-odds of abuse on a VM that is being judged, before evidence: about one in twenty of those looked at.</summary>
    public const double Prior = -3;

    // The hypervisor's metrics.

    /// <summary>CPU above the VM's own usual level for long. Source: novelty in the 48 h of the VM, measured on recorded fleets.</summary>
    public static readonly Weight NovelPlateau = new("novel-plateau", Family.CpuShape, 1.5);
    /// <summary>Hot for half an hour without history. Source: on first boots the static rule has recall 1.0 and many false alarms.</summary>
    public static readonly Weight ColdHot = new("cold-hot", Family.CpuShape, 1.5);
    /// <summary>Half an hour above what VMs of its type and image usually take, without history. Source: throttled miners laid over the first hours of recorded VMs; neighbours say less than the VM's own past.</summary>
    public static readonly Weight AboveCohort = new("above-cohort", Family.CpuShape, 1.2);
    /// <summary>More CPU over a day than usual, in pieces. Source: duty-cycled miners of the recorded fleets.</summary>
    public static readonly Weight SlowRise = new("slow-rise", Family.CpuShape, 1.2);
    /// <summary>A flat plateau. Source: benign plateaus are nearly as flat (spread 0.3-3.2 against 0.4-2.3), so it says little.</summary>
    public static readonly Weight Flat = new("flat-plateau", Family.CpuShape, 0.4);
    /// <summary>Added CPU in whole cores. Source: a spinning thread takes one core; a miner of few threads looks the same.</summary>
    public static readonly Weight WholeCores = new("whole-cores", Family.CpuShape, 0.7);
    /// <summary>CPU rose and traffic did not. Source: miners 0-100 bytes a core-second, benign plateaus 170 (p5) to 28,000 (p75).</summary>
    public static readonly Weight NoAddedNetwork = new("no-added-network", Family.NetworkShape, 1.5);
    /// <summary>Traffic explains the CPU. Source: as above.</summary>
    public static readonly Weight NetworkExplains = new("network-explains", Family.NetworkShape, -3);
    /// <summary>NetworkOut fell with the plateau, away from collapse. Source: compute farms of the recorded fleets stop transferring while they compute; a miner comes on top.</summary>
    public static readonly Weight OtherWork = new("other-work", Family.NetworkShape, -2.5);
    /// <summary>The level was there before. Source: novelty over 48 h.</summary>
    public static readonly Weight SeenBefore = new("seen-before", Family.History, -3);
    /// <summary>Disk work explains the CPU. Source: compile, CI and databases write; a miner logs (some 270 operations in 5 minutes).</summary>
    public static readonly Weight DiskExplains = new("disk-explains", Family.NetworkShape, -2.5);
    /// <summary>I/O rose with the plateau, and inside a process shows that takes the CPU without that I/O: it neither explains nor accuses.</summary>
    public static readonly Weight OthersIo = new("others-io", Family.NetworkShape, 0);
    /// <summary>Credits ran out under the plateau. Source: a real burstable miner is at its ceiling for an hour, then at the type's baseline.</summary>
    public static readonly Weight CreditsSpent = new("credits-spent", Family.Credits, 0.7);
    /// <summary>CPU at its ceiling within one sample. Source: fork bombs; also many honest jobs, hence little.</summary>
    public static readonly Weight CeilingStep = new("ceiling-step", Family.CpuShape, 1);
    /// <summary>NetworkOut under a quarter of usual while CPU is at the ceiling. Source: a choked guest stops answering.</summary>
    public static readonly Weight NetworkCollapse = new("network-collapse", Family.NetworkShape, 2.5);
    /// <summary>Disk writes and NetworkOut fell while CPU is at the ceiling. Source: fork bombs held by a pids limit in the recorded fleets.</summary>
    public static readonly Weight Starved = new("others-starve", Family.NetworkShape, 1.5);

    // Status checks, console, agent.

    /// <summary>The instance check fails for ten minutes or more. Source: AWS's blips last one or two samples of five minutes.</summary>
    public static readonly Weight InstanceImpaired = new("instance-impaired", Family.StatusChecks, 3);
    /// <summary>The instance check fails for fifteen minutes or more: longer than the blips.</summary>
    public static readonly Weight ImpairedLong = new("instance-impaired-long", Family.StatusChecks, 1.5);
    /// <summary>The system check fails: AWS's host. Source: AWS's description of the check.</summary>
    public static readonly Weight SystemImpaired = new("system-impaired", Family.StatusChecks, 6);
    /// <summary>The EBS check fails: the volume's host. Source: AWS's description of the check.</summary>
    public static readonly Weight EbsImpaired = new("ebs-impaired", Family.StatusChecks, 5);
    /// <summary>The kernel's last words. Source: kernel text "Kernel panic - not syncing".</summary>
    public static readonly Weight PanicText = new("panic-text", Family.Console, 5.5);
    /// <summary>Soft lockups, stalls, failed mounts, emergency mode. Source: node-problem-detector's list and kernel texts.</summary>
    public static readonly Weight LockupText = new("lockup-text", Family.Console, 2.5);
    /// <summary>The OOM killer worked: a warning, no death by itself. Source: node-problem-detector treats it as temporary.</summary>
    public static readonly Weight OomText = new("oom-text", Family.Console, 1);
    /// <summary>fork fails. Source: texts of bash and of the pids controller.</summary>
    public static readonly Weight ForkText = new("fork-text", Family.Console, 3.5);
    /// <summary>SSM lost the agent. Never counts towards two families: agents die for many reasons.</summary>
    public static readonly Weight AgentLost = new("agent-lost", Family.Agent, 0.7);
    /// <summary>
    /// SSM lost the agent with the plateau or under it. Source: an agent lost by chance once in three months falls into the first hour of one plateau in two
    /// thousand, and some one in ten miners kills it. Enough for a suspicion even where I/O explains the CPU; it never counts towards two families.
    /// </summary>
    public static readonly Weight AgentSilenced = new("agent-silenced", Family.Agent, 5.5);
    /// <summary>The agent answered: the guest lives.</summary>
    public static readonly Weight AgentAnswers = new("agent-answers", Family.Agent, -3);
    /// <summary>Metrics stopped. Source: recorded fork bombs leave a gap; so do CloudWatch's own.</summary>
    public static readonly Weight MetricsSilent = new("metrics-silent", Family.CpuShape, 0.5);

    // The guest.

    /// <summary>Arguments that only a miner has (stratum URL, donate level, RandomX switches, a Monero address). Source: Falco, Sigma, xmrig(1).</summary>
    public static readonly Weight MinerArguments = new("miner-arguments", Family.GuestProcesses, 6);
    /// <summary>A miner's executable name. Source: Falco's list.</summary>
    public static readonly Weight MinerName = new("miner-name", Family.GuestProcesses, 5);
    /// <summary>A name that miners share with games and projects. Source: peers' false positives (t-rex, claymore).</summary>
    public static readonly Weight AmbiguousName = new("ambiguous-miner-name", Family.GuestProcesses, 1.5);
    /// <summary>A connection to a known pool's host name. Source: Falco, Sigma pool lists.</summary>
    public static readonly Weight PoolPeer = new("pool-peer", Family.GuestConnections, 5);
    /// <summary>A long-lived outbound connection on a pool's port. Support only: developers use many of these ports.</summary>
    public static readonly Weight PoolPort = new("pool-port", Family.GuestConnections, 1.2);
    /// <summary>A busy process of a hidden executable holds one long outbound connection. Source: the shape of stratum without its payload; pools offer 443 too.</summary>
    public static readonly Weight LoneConnection = new("lone-connection", Family.GuestConnections, 1.5);
    /// <summary>A process busy on its cores for all its life. Source: builds and tests have only young children.</summary>
    public static readonly Weight Saturated = new("saturated-process", Family.GuestProcesses, 1.5);
    /// <summary>An executable deleted or under a temporary folder. Source: malware droppers.</summary>
    public static readonly Weight OddExecutable = new("odd-executable", Family.GuestProcesses, 2);
    /// <summary>A kernel thread's name with an executable behind it. Source: kdevtmpfsi and its like.</summary>
    public static readonly Weight ForgedName = new("forged-kernel-thread", Family.GuestProcesses, 2.5);
    /// <summary>RandomX's dataset in huge pages (1,168 of 2 MB). Source: xmrig's documentation.</summary>
    public static readonly Weight HugePages = new("randomx-huge-pages", Family.GuestLoad, 2);
    /// <summary>The msr module is loaded. Source: miners load it for speed; so do profilers.</summary>
    public static readonly Weight Msr = new("msr-module", Family.GuestLoad, 0.8);
    /// <summary>The guest says that it idles while the hypervisor sees it at work.</summary>
    public static readonly Weight GuestUnderstates = new("guest-understates", Family.GuestLoad, 2);
    /// <summary>The CPU belongs to known honest work. Source: hard benign workloads.</summary>
    public static readonly Weight KnownWork = new("known-workload", Family.GuestProcesses, -5);
    /// <summary>Somebody works at a terminal.</summary>
    public static readonly Weight ActiveSession = new("active-session", Family.Sessions, -1);
    /// <summary>One old process that spins on whole cores, without children. Source: the shape of a runaway.</summary>
    public static readonly Weight Spinner = new("lone-spinner", Family.GuestProcesses, 3.5);
    /// <summary>The spinner is a program that waits by trade. Source: what editors, servers and daemons do without work is nothing; reports of runaways name these.</summary>
    public static readonly Weight WaitsByTrade = new("waits-by-trade", Family.GuestProcesses, 1);
    /// <summary>A process that had rested for most of its life and takes whole cores between two looks. Source: the shape of a process gone wild; a computation computes from its start.</summary>
    public static readonly Weight Turned = new("turned-spinner", Family.GuestProcesses, 4);
    /// <summary>Nothing tells the spinner from an honest computation. Source: simulations and solvers without I/O have the same shape for hours.</summary>
    public static readonly Weight MayCompute = new("may-compute", Family.GuestProcesses, -1);
    /// <summary>No lone process explains the CPU.</summary>
    public static readonly Weight NoSpinner = new("no-lone-spinner", Family.GuestProcesses, -3);
    /// <summary>A miner's sign speaks against a runaway.</summary>
    public static readonly Weight NotRunaway = new("miner-sign", Family.GuestProcesses, -6);
    /// <summary>Hundreds of forks a second. Source: measured 2,149/s for a capped fork churn, 11.5/s for a CI loop.</summary>
    public static readonly Weight ForkRate = new("fork-rate", Family.GuestLoad, 4);
    /// <summary>The kernel takes the larger share. Source: about 63 % for fork churn, under 8 % for honest work.</summary>
    public static readonly Weight SystemShare = new("system-share", Family.GuestLoad, 1.5);
    /// <summary>Processes near the limit.</summary>
    public static readonly Weight PidsNearLimit = new("pids-near-limit", Family.GuestLoad, 2.5);
    /// <summary>Very many processes, most of one name.</summary>
    public static readonly Weight SameName = new("same-name-crowd", Family.GuestProcesses, 3.5);
    /// <summary>Load average over ten times the vCPUs.</summary>
    public static readonly Weight LoadAverage = new("load-average", Family.GuestLoad, 1);

    // Idleness.

    /// <summary>CPU under the idle level for an hour.</summary>
    public static readonly Weight LowCpu = new("low-cpu", Family.CpuShape, 2.5);
    /// <summary>Traffic under the idle level for an hour.</summary>
    public static readonly Weight LowNetwork = new("low-network", Family.NetworkShape, 2.5);
    /// <summary>The guest shows no session, no inbound connection and no busy process.</summary>
    public static readonly Weight NobodyInside = new("nobody-inside", Family.GuestProcesses, 2.5);
    /// <summary>The guest shows use.</summary>
    public static readonly Weight InUse = new("in-use", Family.Sessions, -6);
}
