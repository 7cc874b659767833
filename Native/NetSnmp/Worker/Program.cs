using Connections.NetSnmp.Worker;

return await WorkerProgram.RunAsync(args).ConfigureAwait(false);
