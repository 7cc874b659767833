using System.Net;
using Connections.Terminal;
using Connections.Terminal.Simulation;
using Connections.Tests.Servers;

namespace Connections.Tests.Terminal;

/// <summary>Settings and devices of terminal tests.</summary>
internal static class TerminalLab
{
    public static ConnectionClasses Classes { get; } = new ConnectionClasses().AddTerminal();

    /// <summary>A connection by hand, which nothing connects again.</summary>
    public static ConnectionSettings Settings(string protocol, IPEndPoint? server = null, params (string Name, string Value)[] arguments) => new()
    {
        DeviceName = "r1",
        Alias = "cli",
        Protocol = protocol,
        Host = server?.Address.ToString(),
        Port = server?.Port,
        Arguments = arguments.ToDictionary(static argument => argument.Name, static argument => argument.Value),
    };

    /// <summary>The settings of a session on a simulated terminal.</summary>
    public static ConnectionSettings SettingsOf(SimulatedTerminal device, params (string Name, string Value)[] arguments) =>
        Settings("telnet", device.EndPoint, arguments) with { Os = device.Script.Os };

    /// <summary>The settings of a session on the tests' sshd, with a policy of its own for known hosts and no other configuration.</summary>
    public static ConnectionSettings Ssh(string? password = null, string hosts = "known_hosts", params (string Name, string Value)[] arguments) =>
        Settings(
            "ssh",
            TestServer.Sshd,
            [
                ("ssh_config", "/dev/null"),
                ("ssh_options.UserKnownHostsFile", Path.Combine(TestServer.SshdFiles, hosts)),
                ("ssh_options.GlobalKnownHostsFile", "/dev/null"),
                ("ssh_options.IdentityAgent", "none"),
                ("ssh_options.IdentitiesOnly", "yes"),
                .. arguments,
            ]) with
        { Credentials = WithPassword(TestServer.SshdUser, password) };

    /// <summary>The same, with the user's key in place of a password.</summary>
    public static ConnectionSettings SshWithKey(params (string Name, string Value)[] arguments) =>
        Ssh(arguments: [("identity", Path.Combine(TestServer.SshdFiles, "key")), .. arguments]);

    public static Credentials WithPassword(string? user, string? password) =>
        new() { Username = user, Password = password is null ? null : new Secret(password) };

    /// <summary>A device with one connection under its alias.</summary>
    public static Device DeviceOf(ConnectionSettings settings) => new(
        new DeviceSettings { Name = settings.DeviceName, Connections = new Dictionary<string, ConnectionSettings> { [settings.Alias] = settings } },
        Classes);

    public static async Task<TerminalConnection> ConnectAsync(ConnectionSettings settings)
    {
        var connection = new TerminalConnection(settings);
        try
        {
            await connection.ConnectAsync().Within();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
