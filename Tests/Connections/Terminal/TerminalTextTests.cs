using Connections.Terminal;

namespace Connections.Tests.Terminal;

/// <summary>What is taken out of what a device prints: pagers, and the echo of what it was sent.</summary>
public sealed class TerminalTextTests
{
    // An escape in the name of a test would keep it from being run.
    [TestCase("\b\b\b   \b\b\b next", 9)]
    [TestCase("\b\b\b   \b\b\b", 9)]
    [TestCase("\b\b\bnext", 3)]
    [TestCase("\r   \r next", 5)]
    [TestCase("\rnext", 1)]
    [TestCase("\r\r next", 2)]
    [TestCase("ESC[Knext", 3)]
    [TestCase("\rESC[2K\r  next", 6)]
    [TestCase(" next", 0)]
    [TestCase("\r\nnext", 0)]
    [TestCase("", 0)]
    public void The_marks_that_wipe_a_pager_away_are_told_from_output(string text, int length) =>
        Assert.That(PagerErasure.LengthOf(text.Replace("ESC", "\x1b", StringComparison.Ordinal)), Is.EqualTo(length));

    [TestCase("show\nout", TerminalEcho.Unknown, 5)]
    [TestCase("show \rout", TerminalEcho.Unknown, 0)]
    [TestCase("showed\nout", TerminalEcho.Unknown, 0)]
    [TestCase("show\nout", TerminalEcho.On, 5)]
    [TestCase("sh \row\nout", TerminalEcho.On, 7)]
    [TestCase("show\r\nout", TerminalEcho.On, 6)]
    [TestCase("sh\b\bhow\nout", TerminalEcho.On, 0)]
    [TestCase("shed\nout", TerminalEcho.On, 0)]
    [TestCase("sho", TerminalEcho.On, 0)]
    [TestCase("show\nout", TerminalEcho.Off, 0)]
    public void An_echo_is_told_from_output(string output, TerminalEcho echo, int length) =>
        Assert.That(EchoStripping.LengthOf(output, "show", echo), Is.EqualTo(length));

    [Test]
    public void The_last_line_is_what_a_reader_sees()
    {
        var text = new TerminalText();
        text.Append("one\r\ntwo\r\r\nthr");
        Assert.That(text.LastLine, Is.EqualTo(new TerminalLine("thr", 11)));

        text.Append("ee\r--More--");
        Assert.That(text.LastLine, Is.EqualTo(new TerminalLine("--More--", 17)));

        text.CutPager();
        text.Append("\b\b ");
        text.Append("\b\br1#");
        Assert.That(text.LastLine, Is.EqualTo(new TerminalLine("r1#", 22)));
        Assert.That(text.TakeUpTo(22), Is.EqualTo("one\r\ntwo\r\r\nthree\r"));
        Assert.That(text.Length, Is.Zero);
    }

    [Test]
    public void A_pager_on_a_line_of_its_own_leaves_no_trace()
    {
        var text = new TerminalText();
        text.Append("one\r\n --More-- ");
        text.CutPager();
        text.Append("\r\x1b[K");
        text.Append("  two\r\n--More--");
        text.CutPager();
        text.Append("\b\b\b   \b\b\br1#");

        Assert.That(text.LastLine.Text, Is.EqualTo("r1#"));
        Assert.That(text.TakeUpTo(text.LastLine.Start), Is.EqualTo("one\r\n  two\r\n"));
    }

    [Test]
    public void A_line_without_end_is_looked_at_by_its_end_only()
    {
        var text = new TerminalText();
        text.Append(new string('x', 10_000));
        text.Append("r1#");

        Assert.That(text.LastLine.Text, Is.EqualTo(new string('x', 253) + "r1#"));
        Assert.That(text.LastLine.Start, Is.EqualTo(10_003 - 256));
    }
}
