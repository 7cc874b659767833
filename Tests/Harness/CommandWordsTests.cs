using Connections.Harness.Labs;

namespace Connections.Harness.Tests;

public class CommandWordsTests
{
    [TestCase("show|version", new[] { "show version" })]
    [TestCase("show version|show clock", new[] { "show version", "show clock" })]
    [TestCase("reload|in|5", new[] { "reload in 5" })]
    [TestCase("show version|uptime|now|show clock", new[] { "show version", "uptime now", "show clock" })]
    [TestCase("show version\n\nshow clock\r\n", new[] { "show version", "show clock" })]
    [TestCase("get system status", new[] { "get system status" })]
    [TestCase("|show|version", new[] { "show version" })]
    public void Lines_are_what_is_quoted_and_words_that_follow_each_other(string words, string[] lines) =>
        Assert.That(CommandWords.Lines(words.Split('|')).Select(line => line.ToString()), Is.EqualTo(lines));

    [TestCase("get 1.3.6|show version|walk 1.3.7", new[] { "get 1.3.6", "show version", "walk 1.3.7" })]
    [TestCase("get|1.3.6|1.3.7|show version|show|clock", new[] { "get 1.3.6 1.3.7", "show version", "show clock" })]
    [TestCase("show|clock|get|1.3.6", new[] { "show clock", "get 1.3.6" })]
    [TestCase("set|1.3.6|s|Berlin, rack 4|show clock", new[] { "set 1.3.6", "show clock" })]
    [TestCase("set|1.3.6|s|get|get|1.3.7", new[] { "set 1.3.6", "get 1.3.7" })]
    public void Operations_and_lines_may_follow_each_other(string words, string[] commands)
    {
        var read = CommandWords.Mixed(words.Split('|'));

        Assert.That(read.Select(command => command.ToString()), Is.EqualTo(commands));
        Assert.That(read.OfType<SnmpCommand>().Select(command => command.ToString()), Is.EqualTo(commands.Where(text => char.IsAsciiDigit(text[^1]))));
    }

    [TestCase("", "all is blank")]
    [TestCase(" \n ", "all is blank")]
    [TestCase("--parralel|5|show version", "'--parralel' is no option here")]
    public void What_is_no_line_is_refused(string words, string message) =>
        Assert.That(() => CommandWords.Lines(words.Split('|')), Throws.TypeOf<UsageException>().With.Message.Contains(message));

    [TestCase("show clock|get", "'get' needs at least one OID")]
    [TestCase("get|sysNaem.0|show clock", "'sysNaem.0' is no OID")]
    public void What_looks_like_an_operation_is_never_a_line(string words, string message) =>
        Assert.That(() => CommandWords.Mixed(words.Split('|')), Throws.TypeOf<UsageException>().With.Message.Contains(message));
}
