namespace Watchdog.Tests.Sweeps;

/// <summary>Outputs of the inspection document.</summary>
internal static class Guests
{
    /// <summary>xmrig at work on two cores, talking to a pool.</summary>
    public static string Miner(DateTimeOffset at) =>
        $$"""
        {"v":1,"at":{{at.ToUnixTimeSeconds()}},"up":90000,"load":[2.1,2.0,2.0],"cpu":{"user":98,"system":1,"steal":0,"iowait":0},"forks":0.2,"procs":90,"threads":140,
        "p":[{"pid":4242,"ppid":1,"uid":1000,"comm":"xmrig","exe":"/tmp/.x/xmrig","args":"xmrig -o stratum+tcp://pool.supportxmr.com:3333 --donate-level 1","age":5400,"cpu":10700,"thr":3,"rss":2400000,"del":false,"cwd":"tmp"}],
        "c":[{"pid":4242,"ip":"198.51.100.7","port":3333,"lport":50000,"out":true,"age":5300}],"s":[],"gpu":[],"k":[],"end":true}
        """;

    /// <summary>A busy process that tells nothing for or against itself.</summary>
    public static string Unsaid(DateTimeOffset at) =>
        $$"""
        {"v":1,"at":{{at.ToUnixTimeSeconds()}},"up":90000,"load":[1.7,1.6,1.6],"cpu":{"user":97,"system":2,"steal":0,"iowait":0},"forks":0.2,"procs":95,"threads":150,
        "p":[{"pid":777,"ppid":700,"uid":1000,"comm":"model","exe":"/home/dev/model","args":"./model in.dat","age":5400,"cpu":8640,"thr":5,"rss":400000,"del":false,"cwd":"home"}],
        "c":[],"s":[],"gpu":[],"k":[],"end":true}
        """;

    /// <summary>Training in Python with nothing else around it.</summary>
    public static string Training(DateTimeOffset at) =>
        $$"""
        {"v":1,"at":{{at.ToUnixTimeSeconds()}},"up":90000,"load":[2.1,2.0,2.0],"cpu":{"user":97,"system":2,"steal":0,"iowait":0},"forks":0.2,"procs":95,"threads":150,
        "p":[{"pid":777,"ppid":700,"uid":1000,"comm":"python3","exe":"/usr/bin/python3.11","args":"python3 train.py --epochs 50 --framework torch","age":5400,"cpu":10400,"thr":5,"rss":3400000,"del":false,"cwd":"home"}],
        "c":[],"s":[{"user":"dev","tty":"pts/0","from":"203.0.113.9","idle":120}],"gpu":[],"k":[],"end":true}
        """;
}
