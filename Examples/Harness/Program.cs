using Connections.Harness;

return await CommandLine.RunAsync(args);
