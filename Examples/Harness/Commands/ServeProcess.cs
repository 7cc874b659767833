using System.CommandLine;
using System.Diagnostics;
using System.Reflection;
using Connections.Native.Rpc;
using Connections.Native.Rpc.Hosting;

namespace Connections.Harness.Commands;

/// <summary>A process of a service, which <c>connections serve</c> starts by itself. It serves until its standard input ends.</summary>
internal static class ServeProcess
{
    private const string Name = "serve-process";

    internal static Command Create()
    {
        var address = new Argument<string>("ADDRESS");
        var assembly = new Argument<string>("ASSEMBLY");
        var type = new Argument<string>("TYPE");
        var command = new Command(Name, "A process of a service; 'connections serve' starts it.") { address, assembly, type };
        command.Hidden = true;
        command.SetAction(parsed => RunAsync(parsed.GetRequiredValue(address), parsed.GetRequiredValue(assembly), parsed.GetRequiredValue(type)));
        return command;
    }

    /// <summary>How this program is started as such a process.</summary>
    internal static ProcessStartInfo CommandFor(ServiceDefinition service)
    {
        // A tool is run by dotnet, or is a program of its own.
        var own = Environment.ProcessPath!;
        string[] program = Path.GetFileNameWithoutExtension(own) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
        return new ProcessStartInfo(own, [.. program, Name, service.Address, service.Assembly, service.Type]);
    }

    // Not ended by Ctrl-C, which the terminal sends to all processes: the host ends it in order.
    private static async Task<int> RunAsync(string address, string assembly, string type)
    {
        var services = new RpcServices();
        Load(assembly, type).AddTo(services);
        await using var server = await RpcServer.StartAsync(address, services, new RpcServerOptions { RunsInline = false });
        Console.WriteLine($"serving {address}");
        await using var lifeline = Console.OpenStandardInput();
        _ = await lifeline.ReadAsync(new byte[1]);
        await server.StopAsync(Timeout.InfiniteTimeSpan);
        return ExitCode.Success;
    }

    private static IServiceModule Load(string path, string name)
    {
        try
        {
            var type = Assembly.LoadFrom(path).GetType(name) ?? throw new UsageException($"{path} has no type '{name}'; write its full name, with its namespace.");
            return Activator.CreateInstance(type) as IServiceModule
                ?? throw new UsageException($"The type '{name}' of {path} does not implement {nameof(IServiceModule)}.");
        }
        catch (Exception error) when (error is IOException or BadImageFormatException or MissingMethodException)
        {
            throw new UsageException($"The type '{name}' of {path} cannot be used: {error.Message}", error);
        }
    }
}
