using System.Text.Json.Nodes;
using Connections.Harness.Rendering;
using Connections.Native.Rpc;
using Connections.Native.Rpc.Hosting;

namespace Connections.Harness.Commands;

/// <summary>Runs the services of a file, until it is told to stop.</summary>
internal static class ServeServices
{
    /// <exception cref="OperationCanceledException">It was told to stop, and has.</exception>
    internal static async Task<int> RunAsync(string path, TimeSpan grace, Output output, CancellationToken cancellationToken)
    {
        var services = Load(path);
        await using var host = await ServiceHost.StartAsync(services, new ServiceHostOptions { Command = ServeProcess.CommandFor, Grace = grace }, cancellationToken);
        foreach (var service in services)
        {
            Show(service, host.TcpAddresses.GetValueOrDefault(service.Name), output);
        }

        // What keeps the host from its work ends the command.
        await Task.WhenAny(host.Completion, Task.Delay(Timeout.Infinite, cancellationToken));
        if (!cancellationToken.IsCancellationRequested)
        {
            await host.Completion;
        }

        return Interruption.IsTermination ? ExitCode.Success : throw new OperationCanceledException(cancellationToken);
    }

    private static IReadOnlyList<ServiceDefinition> Load(string path)
    {
        try
        {
            return ServiceFile.Load(path);
        }
        catch (ServiceFileException error)
        {
            throw new UsageException(error.Message, error);
        }
    }

    private static void Show(ServiceDefinition service, RpcAddress? tcp, Output output)
    {
        if (output.IsJson)
        {
            Output.Json(new JsonObject
            {
                ["kind"] = "serving",
                ["service"] = service.Name,
                ["address"] = service.Address,
                ["tcp"] = tcp?.ToString(),
                ["log_directory"] = service.LogDirectory,
            });
        }
        else
        {
            var addresses = tcp is null ? service.Address : $"{service.Address} and {tcp}";
            Output.Line($"serving {addresses} with {service.MinProcesses} to {service.MaxProcesses} processes, log files in {service.LogDirectory}");
        }
    }
}
