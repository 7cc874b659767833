using Connections.Terminal;
using Connections.Tests.Servers;

namespace Connections.Tests.Terminal;

/// <summary>The login of a real telnetd, which is the system's.</summary>
public sealed class TelnetLoginTests
{
    private const string WrongPassword = "walnut";

    [Test]
    public async Task The_right_password_leads_to_the_users_shell()
    {
        await using var terminal = await TerminalLab.ConnectAsync(SettingsWith(TestServer.SshdPassword));

        Assert.That(await terminal.ExecuteAsync("id -un").Within(), Is.EqualTo(TestServer.SshdUser));
    }

    [Test]
    public void A_wrong_password_is_told_with_what_the_server_said_and_not_tried_again()
    {
        var error = Assert.ThrowsAsync<LoginFailedException>(() => TerminalLab.ConnectAsync(SettingsWith(WrongPassword)));

        Assert.That(error.Message, Does.StartWith($"The connection 'cli' of device 'r1' does not let '{TestServer.SshdUser}' in: 'Login incorrect'.").And.Not.Contain(WrongPassword));
        Assert.That((error.User, error.Device, error.Alias, error.IsTransient), Is.EqualTo((TestServer.SshdUser, "r1", "cli", false)));
    }

    private static ConnectionSettings SettingsWith(string password) =>
        TerminalLab.Settings("telnet", TestServer.TelnetdLogin) with { Os = "linux", Credentials = TerminalLab.WithPassword(TestServer.SshdUser, password) };
}
