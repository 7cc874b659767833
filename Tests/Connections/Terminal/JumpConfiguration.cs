using Connections.Tests.Servers;

namespace Connections.Tests.Terminal;

/// <summary>A configuration of OpenSSH with a jump host, which is the tests' sshd under another name, and a connection through it by password.</summary>
internal sealed class JumpConfiguration : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"connections-{Guid.NewGuid():N}");

    /// <param name="setting">A setting for the jump host alone.</param>
    public JumpConfiguration(string setting) => File.WriteAllText(_path, $"""
        Host jump
          HostName 127.0.0.1
          Port {TestServer.Sshd.Port}
          User {TestServer.SshdUser}
          {setting}
        Host *
          IdentityAgent none
          IdentitiesOnly yes
          UserKnownHostsFile {TestServer.SshdFiles}/known_hosts
          GlobalKnownHostsFile /dev/null

        """);

    public ConnectionSettings Settings =>
        TerminalLab.Settings("ssh", TestServer.Sshd, ("ssh_config", _path), ("ssh_options.ProxyJump", "jump")) with
        {
            Credentials = TerminalLab.WithPassword(TestServer.SshdUser, TestServer.SshdPassword),
        };

    public void Dispose() => File.Delete(_path);
}
