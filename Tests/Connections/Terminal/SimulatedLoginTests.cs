using Connections.Terminal;
using Connections.Terminal.Simulation;

namespace Connections.Tests.Terminal;

/// <summary>Logging in to simulated terminals, and learning their prompts.</summary>
public sealed class SimulatedLoginTests
{
    private static readonly ScriptedLogin Login = new() { User = "admin", Password = new Secret("maple") };

    [TestCase("Username: ", "Password: ")]
    [TestCase("login: ", "password:")]
    [TestCase("edge1 login: ", "Password for admin: ")]
    public async Task User_and_password_are_given_where_they_are_asked_for(string userPrompt, string passwordPrompt)
    {
        await using var device = Start(new TerminalScript { Login = Login with { UserPrompt = userPrompt, PasswordPrompt = passwordPrompt } });
        await using var terminal = await ConnectAsync(device, TerminalLab.WithPassword("admin", "maple"));

        Assert.That(terminal.Prompt, Is.EqualTo("device#"));
    }

    [Test]
    public async Task A_password_alone_is_given_where_it_alone_is_asked_for()
    {
        await using var device = Start(new TerminalScript { Login = Login with { User = null } });
        await using var terminal = await ConnectAsync(device, TerminalLab.WithPassword(null, "maple"));

        Assert.That(terminal.IsConnected, Is.True);
    }

    [TestCase("% Authentication failed")]
    [TestCase("Login incorrect")]
    [TestCase("Something that no table knows")]
    public async Task A_wrong_password_is_told_at_once_and_not_tried_again(string failure)
    {
        await using var device = Start(new TerminalScript { Login = Login with { Failure = failure } });

        var error = Assert.ThrowsAsync<LoginFailedException>(() => ConnectAsync(device, TerminalLab.WithPassword("admin", "walnut")));

        Assert.That(error.Message, Does.StartWith("The connection 'cli' of device 'r1' does not let 'admin' in").And.Not.Contain("walnut"));
        Assert.That((error.User, error.Device, error.Alias, error.IsTransient), Is.EqualTo(("admin", "r1", "cli", false)));
        Assert.That(device.Activity.SessionsInAll, Is.EqualTo(1));
    }

    [Test]
    public async Task A_device_that_closes_at_a_wrong_password_is_told_likewise()
    {
        await using var device = Start(new TerminalScript { Login = Login with { Attempts = 1, Failure = "Bye" } });

        Assert.That(
            () => ConnectAsync(device, TerminalLab.WithPassword("admin", "walnut")),
            Throws.TypeOf<LoginFailedException>().With.Message.Contains("closed the session when it had the password of 'admin'"));
    }

    [Test]
    public async Task What_is_asked_for_and_was_not_given_is_told()
    {
        await using var device = Start(new TerminalScript { Login = Login });

        Assert.That(
            () => ConnectAsync(device, credentials: null),
            Throws.TypeOf<LoginFailedException>().With.Message.Contains("asks for a user, and no credentials with a username are given"));
        Assert.That(
            () => ConnectAsync(device, TerminalLab.WithPassword("admin", null)),
            Throws.TypeOf<LoginFailedException>().With.Message.Contains("asks for the password of 'admin', and none is given"));
    }

    [Test]
    public async Task The_user_of_a_pool_with_a_wrong_password_learns_why()
    {
        await using var device = Start(new TerminalScript { Login = Login });
        await using var lab = TerminalLab.DeviceOf(device.Redirect(TerminalLab.Settings("telnet")) with
        {
            PoolSize = 3,
            Credentials = TerminalLab.WithPassword("admin", "walnut"),
        });

        var error = Assert.CatchAsync(() => lab.ConnectAsync("cli").Within());

        Assert.That(error, Is.InstanceOf<LoginFailedException>().Or.InnerException.InstanceOf<LoginFailedException>());
    }

    [TestCase("All changes are logged.\n########\nCall 555#", "edge1#")]
    [TestCase("edge9> is the other one", "[admin@edge1 ~]$ ")]
    [TestCase("", "edge1>")]
    [TestCase("", "# ")]
    [TestCase("", ">>> ")]
    [TestCase("", "RP/0/RP0/CPU0:edge1#")]
    [TestCase("", "admin@edge1:~$ ")]
    public async Task A_prompt_is_learned_whatever_the_banner_is(string banner, string prompt)
    {
        await using var device = Start(new TerminalScript
        {
            Banner = banner,
            Base = new ScriptedMode { Prompt = prompt, Commands = [new ScriptedCommand { Line = "show", Outputs = ["some other#\n>"] }] },
        });
        await using var terminal = await ConnectAsync(device, credentials: null);

        Assert.That(terminal.Prompt, Is.EqualTo(prompt));
        Assert.That(await terminal.ExecuteAsync("show").Within(), Is.EqualTo("some other#\n>"));
        Assert.That(await terminal.ExecuteAsync("").Within(), Is.Empty);
        Assert.That(await terminal.ExecuteAsync("show").Within(), Is.EqualTo("some other#\n>"));
    }

    [Test]
    public async Task The_privileged_mode_is_entered_where_its_password_is_known()
    {
        var script = TerminalScript.Parse("""
            os: ios
            prompt: "{{name}}>"
            commands:
              enable: { mode: privileged }
              terminal length 0:
              terminal width 511:
            modes:
              privileged:
                prompt: "{{name}}#"
                commands: { show privilege: "15", /.*/: "" }
            """);
        await using var device = Start(script);
        var settings = device.Redirect(TerminalLab.Settings("telnet")) with
        {
            CredentialsByName = new Dictionary<string, Credentials> { ["enable"] = TerminalLab.WithPassword(null, "walnut") },
        };
        await using var terminal = await TerminalLab.ConnectAsync(settings);

        Assert.That(await terminal.ExecuteAsync("show privilege").Within(), Is.EqualTo("15"));
    }

    [Test]
    public async Task A_device_whose_prompt_is_not_known_is_told_with_what_it_printed()
    {
        await using var device = Start(new TerminalScript { Banner = "Hello", Base = new ScriptedMode { Prompt = "what now?" } });

        Assert.That(
            () => ConnectAsync(device, credentials: null, ("login_timeout", "1")),
            Throws.TypeOf<CommandTimeoutException>().With.Message.Contains("it printed last 'Hello\nwhat now?'").And.Message.Contains("'prompt'"));
    }

    [Test]
    public async Task A_prompt_that_is_given_is_not_guessed()
    {
        await using var device = Start(new TerminalScript { Base = new ScriptedMode { Prompt = "what now?" }, Unknown = "you said {{command}}" });
        await using var terminal = await ConnectAsync(device, credentials: null, ("prompt", @"^what now\?$"));

        Assert.That(await terminal.ExecuteAsync("nothing").Within(), Is.EqualTo("you said nothing"));
    }

    private static SimulatedTerminal Start(TerminalScript script) => SimulatedTerminal.Start(script);

    private static Task<TerminalConnection> ConnectAsync(
        SimulatedTerminal device, Credentials? credentials, params (string Name, string Value)[] arguments)
    {
        var settings = TerminalLab.Settings("telnet", device.EndPoint, arguments) with { Os = device.Script.Os, Credentials = credentials };
        return TerminalLab.ConnectAsync(settings);
    }
}
