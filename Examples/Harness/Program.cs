using Connections.Harness;
using Connections.NetSnmp;

// As one file, the command is its own worker processes.
return NetSnmpWorker.TryRun(args, out var worker) ? await worker : await CommandLine.RunAsync(args);
