using System.Text.RegularExpressions;
using Connections.Terminal;

namespace Connections.Tests.Terminal;

/// <summary>What is known of the prompts of platforms.</summary>
public sealed class TerminalPlatformTests
{
    [TestCase("ios", "r1>", "r1#", "r1(config)#", "r1(config-if)#")]
    [TestCase("IOSXE", "core-1.lab#", "core-1.lab(config-router-af)#")]
    [TestCase("iosxr", "RP/0/RP0/CPU0:r1#", "RP/0/RP0/CPU0:r1(config)#")]
    [TestCase("nxos", "leaf1# ", "leaf1(config-if)# ")]
    [TestCase("asa", "fw1/pri/act# ", "fw1/pri/act(config)# ")]
    [TestCase("eos", "spine1>", "spine1#", "spine1(config-s-x)#")]
    [TestCase("junos", "admin@mx1> ", "admin@mx1# ")]
    public void The_prompts_of_all_modes_are_known_by_the_first(string os, string first, params string[] others)
    {
        var prompt = new TerminalPrompt(TerminalPlatforms.Find(os), given: null);
        Assert.That(prompt.First.IsMatch(first), Is.True);

        var learned = prompt.Learn(first);

        Assert.That(others.Prepend(first).Select(text => learned.IsMatch(text)), Is.All.True);
        string[] foreign = ["r9#", first + "show", "x" + first, "Building configuration...", "", "% Invalid input#"];
        Assert.That(foreign.Select(text => learned.IsMatch(text)), Is.All.False);
    }

    [Test]
    public void A_shell_gets_a_prompt_that_no_output_has()
    {
        var shell = TerminalPlatforms.Find("linux");
        var prompt = new TerminalPrompt(shell, given: null);
        Assert.That(prompt.First.IsMatch("[admin@host ~]# "), Is.True);

        var learned = prompt.Learn("[admin@host ~]# ");

        Assert.That(learned.IsMatch("[admin@host ~]# "), Is.False);
        Assert.That(shell.Setup.Select(prompt.Fill).Select(text => learned.IsMatch(text)), Is.All.False);
        Assert.That(shell.Setup.Select(prompt.Fill).Select(static line => line.Replace("''", "").TrimEnd('\'')).Select(text => learned.IsMatch(text)), Is.All.True);
    }

    [TestCase("output\n\n{master:0}\n", "output")]
    [TestCase("output\n\n[edit interfaces]\n", "output")]
    [TestCase("output\n{master}\n[edit]", "output")]
    [TestCase("[edit] is printed\nby this", "[edit] is printed\nby this")]
    public void What_junos_prints_before_its_prompt_is_no_output(string printed, string output) =>
        Assert.That(new Regex(TerminalPlatforms.Find("junos").Trailer!, RegexOptions.NonBacktracking).Replace(printed, ""), Is.EqualTo(output));

    [Test]
    public void A_platform_can_be_added()
    {
        var platform = new TerminalPlatform { Prompt = "^{name}! $", Setup = ["no pages"] };
        TerminalPlatforms.Register("Tests-Own-Os", platform);

        Assert.That(TerminalPlatforms.Find("tests-own-os"), Is.SameAs(platform));
        Assert.That(new TerminalPrompt(platform, given: null).Learn("r1! ").IsMatch("r2! "), Is.False);
        Assert.That(TerminalPlatforms.Find("another"), Is.SameAs(TerminalPlatform.Unknown));
        Assert.That(TerminalPlatforms.Find(null), Is.SameAs(TerminalPlatform.Unknown));
    }

    [Test]
    public void A_platform_that_is_asked_for_and_not_known_is_refused() =>
        Assert.That(
            () => new TerminalConnection(TerminalLab.Settings("process", null, ("command", "sh"), ("platform", "nonsense"))),
            Throws.ArgumentException.With.Message.Contains("the argument 'platform' with the value 'nonsense'"));

    [TestCase("login_timeout", "soon")]
    [TestCase("max_output", "0")]
    [TestCase("tty", "perhaps")]
    public void A_malformed_argument_is_named(string name, string value) =>
        Assert.That(
            () => new TerminalConnection(TerminalLab.Settings("process", null, ("command", "sh"), (name, value))),
            Throws.ArgumentException.With.Message.StartsWith($"The connection 'cli' of device 'r1' has the argument '{name}' with the value '{value}'"));

    [TestCase(null, "names no protocol")]
    [TestCase("gopher", "which is no terminal's")]
    [TestCase("telnet", "names no host")]
    [TestCase("ssh", "names no host")]
    public void A_connection_that_leads_nowhere_is_refused(string? protocol, string message) =>
        Assert.That(
            () => new TerminalConnection(TerminalLab.Settings("telnet") with { Protocol = protocol }),
            Throws.ArgumentException.With.Message.Contains(message));

    [Test]
    public void A_command_line_that_is_to_be_served_to_other_processes_is_refused() =>
        Assert.That(
            () => new TerminalConnection(TerminalLab.Settings("process", null, ("command", "sh"), ("shared", "true"))),
            Throws.ArgumentException.With.Message.Contains("says 'shared: true'").And.Message.Contains("'shared: host'"));
}
