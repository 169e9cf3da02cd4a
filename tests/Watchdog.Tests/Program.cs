using Watchdog.Bench.Week.Play;

// Not for the test runner, which loads the assembly: a drill starts this as a process of its own that it may kill.
return args is [WeekLife.Name] ? await WeekLife.RunAsync() : 2;
