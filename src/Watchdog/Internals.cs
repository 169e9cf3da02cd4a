using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Watchdog.Tests")]
[assembly: InternalsVisibleTo("Watchdog.Testing")]
[assembly: InternalsVisibleTo("Watchdog.Architecture.Tests")]
[assembly: InternalsVisibleTo("Watchdog.Bench")]
