using Connections.Collector.Service;

return await CollectorCommand.RunAsync(args);
