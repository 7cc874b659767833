using Connections.NetSnmp.Worker;
using Connections.NetSnmp.Worker.Pipes;

using var service = new WorkerService();
await using var input = Console.OpenStandardInput();
await using var output = Console.OpenStandardOutput();
await PipeServer.RunAsync(service, input, output).ConfigureAwait(false);
return 0;
