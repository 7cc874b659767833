using Connections.Terminal.Simulation;
using Connections.Testbeds;

namespace Connections.Tests.Terminal;

/// <summary>Scripts of simulated terminals, read and written.</summary>
public sealed class TerminalScriptTests
{
    [Test]
    public void What_is_written_is_read_again()
    {
        var script = TerminalScript.Parse("""
            name: "edge \"1\" \\"
            os: ios
            banner: "two\nlines"
            login: { user: admin, password: maple, attempts: 2, failure: "no\u001b[m" }
            prompt: "{{name}}# "
            paging: { lines: 7, prompt: more, off: no more }
            echo: false
            delay: 0.25
            unknown: "what? žluť 馬 😀"
            commands:
              one: |
                an output

                with a blank line
              two: [a, "b\n", "c\n\n", "", "\t tab \r"]
              /three (?<x>.*)/: { output: "{{x}}", repeat: 3, delay: 1.5, mode: other, closes: true }
              four:
            modes:
              other:
                prompt: "> "
                commands: { back: { mode: base } }
            """);

        var again = TerminalScript.Parse(script.ToYaml());

        Assert.That(again.ToYaml(), Is.EqualTo(script.ToYaml()));
        Assert.That(again.Base.Commands.Select(static command => command.Outputs), Is.EqualTo(new string[][]
        {
            ["an output\n\nwith a blank line"], ["a", "b", "c\n", "", "\t tab \r"], ["{{x}}"], [],
        }));
        Assert.That((again.Name, again.Banner, again.Unknown), Is.EqualTo(("edge \"1\" \\", "two\nlines", "what? žluť 馬 😀")));
        Assert.That((again.Login, again.Paging), Is.EqualTo((script.Login, script.Paging)));
        Assert.That(again.Base.Commands[2] is { Repeat: "3", Mode: "other", Closes: true, Delay.TotalSeconds: 1.5 }, Is.True);
    }

    [TestCase("commands:\n  show: [{ a: b }]\n", 2, "expected an output")]
    [TestCase("promt: x\n", 1, "did you mean 'prompt'?")]
    [TestCase("commands:\n  show: { delay: soon }\n", 2, "a time in seconds")]
    [TestCase("commands:\n  /(/: x\n", 2, "no regular expression")]
    [TestCase("commands:\n  /(?=a)/: x\n", 2, "no regular expression")]
    [TestCase("commands:\n  go: { mode: nowhere }\n", 1, "the mode 'nowhere', which is not described")]
    [TestCase("login: { user: admin }\n", 1, "a login needs a password")]
    [TestCase("modes:\n  config: { commands: { a: b } }\n", 2, "a mode needs a prompt")]
    public void A_mistake_is_told_with_its_line(string script, int line, string message) =>
        Assert.That(
            () => TerminalScript.Parse(script, "r1.yaml"),
            Throws.TypeOf<TestbedException>().With.Message.Contains(message).And.Property(nameof(TestbedException.Line)).EqualTo(line)
                .And.Property(nameof(TestbedException.File)).EqualTo("r1.yaml"));

    [Test]
    public void A_missing_file_is_told() =>
        Assert.That(() => TerminalScript.Load("/no/such/script.yaml"), Throws.TypeOf<TestbedException>().With.Message.Contains("there is no such file"));
}
