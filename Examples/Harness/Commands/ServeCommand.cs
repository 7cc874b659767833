using System.CommandLine;
using Connections.Harness.Rendering;

namespace Connections.Harness.Commands;

/// <summary><c>connections serve</c>: connections of this process for the other processes of the machine, until it is interrupted.</summary>
internal static class ServeCommand
{
    private const double DefaultGrace = 10;

    private const string Description = """
        Has the pools of a testbed for all processes of this user on this machine, or runs services of one's own, until Ctrl-C or SIGTERM.

          connections serve lab.yaml
          connections serve services.ini
          connections serve --status

        It connects each connection that says 'shared: true'. Others who load the same testbed use its workers by the same code and commands, each request first
        come first served among all of them; what is killed meanwhile blocks nobody. Once told to stop it lets calls under way end.

        A services file has a section for each service, and [defaults]:
          [bench]
          assembly = Bench.dll
          type = Lab.BenchModule
          log_directory = logs
          min_processes = 1
          max_processes = 4
          memory_limit = 500
          tcp = 127.0.0.1:9000
        The type implements IServiceModule; clients call shm://bench, or tcp://127.0.0.1:9000, all first come first served. memory_limit is in MiB; a process above it
        is replaced after its call. Where other machines can connect, certificate, key and authorities are needed too, files in the PEM format; clients need the same.
        """;

    internal static Command Create()
    {
        var file = new Argument<string?>("FILE") { Description = "The testbed; or the services, if its name ends in .ini.", HelpName = "lab.yaml", Arity = ArgumentArity.ZeroOrOne };
        var status = new Option<bool>("--status") { Description = "Show what is served on this machine: processes, workers, calls, who waits. FILE is left out." };
        var devices = Options.Devices();
        var grace = Options.Seconds("--grace", "How long calls under way may take to end once it is told to stop; 10 if left out.");
        var json = Options.Json();
        var command = new Command("serve", Description) { file, devices, grace, status, json };
        command.SetAction((parsed, token) => (parsed.GetValue(file), parsed.GetValue(status)) switch
        {
            (null, true) => ServeStatus.RunAsync(new Output(parsed.GetValue(json)), token),
            ({ } path, false) when path.EndsWith(".ini", StringComparison.OrdinalIgnoreCase) => ServeServices.RunAsync(
                path, TimeSpan.FromSeconds(parsed.GetValue(grace) ?? DefaultGrace), new Output(parsed.GetValue(json)), token),
            ({ } path, false) => ServePools.RunAsync(
                path,
                parsed.GetValue(devices) ?? [],
                TimeSpan.FromSeconds(parsed.GetValue(grace) ?? DefaultGrace),
                new Output(parsed.GetValue(json)),
                token),
            _ => throw new UsageException("Give either a file to serve, or --status. See 'connections serve --help'."),
        });
        return command;
    }
}
