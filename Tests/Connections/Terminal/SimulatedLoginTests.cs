using Connections.Pooling;
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
    public async Task A_wrong_password_costs_a_pool_one_login_and_whoever_connects_again_one_more()
    {
        await using var device = Start(new TerminalScript { Login = Login });
        await using var lab = TerminalLab.DeviceOf(TerminalLab.SettingsOf(device) with
        {
            PoolSize = 5,
            Credentials = TerminalLab.WithPassword("admin", "walnut"),
        });

        for (var logins = 1; logins <= 3; logins++)
        {
            var error = Assert.ThrowsAsync<ConnectFailedException>(() => lab.ConnectAsync("cli").Within());

            Assert.That(error.InnerException, Is.TypeOf<LoginFailedException>());
            Assert.That(error.Message, Does.Contain("does not let 'admin' in").And.Contain("not tried again by itself").And.Not.Contain("walnut"));
            Assert.That(error.IsTransient, Is.False);
            Assert.That(device.Activity.SessionsInAll, Is.EqualTo(logins));
        }
    }

    [Test]
    public async Task A_password_that_is_changed_costs_a_pool_that_loses_its_sessions_one_login()
    {
        var clock = new FakeTime();
        var activity = new TerminalActivity();
        var device = SimulatedTerminal.Start(new TerminalScript { Login = Login }, activity);
        await using var lab = new Device(
            new DeviceSettings
            {
                Name = "r1",
                Connections = new Dictionary<string, ConnectionSettings>
                {
                    ["cli"] = TerminalLab.SettingsOf(device) with { PoolSize = 3, Credentials = TerminalLab.WithPassword("admin", "maple") },
                },
            },
            TerminalLab.Classes,
            new DeviceOptions { TimeProvider = clock });
        await lab.ConnectAsync("cli").Within();
        Assert.That(activity.SessionsInAll, Is.EqualTo(3));

        await device.DisposeAsync();
        await using var restarted = SimulatedTerminal.Start(new TerminalScript { Login = Login with { Password = new Secret("birch") } }, activity, device.EndPoint);
        var callers = Enumerable.Range(0, 8).Select(_ => lab.Get<ITerminal>("cli").ExecuteAsync("show")).ToList();
        var errors = callers.ConvertAll(caller => Assert.CatchAsync(() => caller.Within()));

        // Those that had a session each lost it; those that waited were told at once.
        Assert.That(errors.OfType<ConnectionLostException>().Count(), Is.EqualTo(3));
        Assert.That(errors.OfType<ConnectFailedException>().Select(static error => error.InnerException), Has.Exactly(5).Items.And.All.TypeOf<LoginFailedException>());
        clock.Advance(TimeSpan.FromHours(1));
        Assert.That(activity.SessionsInAll, Is.LessThanOrEqualTo(3 + 3), "at most one for each session that was lost, and none later");
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
        var settings = TerminalLab.SettingsOf(device) with
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
