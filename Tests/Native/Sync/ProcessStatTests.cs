using System.Text;
using Connections.Native.Sync;
using FsCheck;
using FsCheck.Fluent;

namespace Connections.Native.Tests.Sync;

public sealed class ProcessStatTests
{
    private const string AfterName =
        " S 1 4321 4321 0 -1 4194560 100 0 0 0 7 8 9 10 20 0 11 0 987654321 12345678 900 18446744073709551615 1 1 0 0 0 0 0 0 0 0";

    [Test]
    public void The_fields_of_a_line_are_read()
    {
        Assert.That(TryParse("4321 (snmpd)" + AfterName + "\n", out var stat), Is.True);
        Assert.That(stat, Is.EqualTo(new ProcessStat(4321, 'S', 987654321)));
    }

    [TestCase("a b")]
    [TestCase(")")]
    [TestCase("(")]
    [TestCase(") Z 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 (")]
    [TestCase("x) R 1\n5 (x) S")]
    [TestCase("")]
    public void A_name_misleads_nobody(string name)
    {
        Assert.That(TryParse($"7 ({name}){AfterName}", out var stat), Is.True);
        Assert.That(stat, Is.EqualTo(new ProcessStat(7, 'S', 987654321)));
    }

    [Test]
    public void Every_name_leaves_the_other_fields_as_they_are() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), name =>
        {
            byte[] line = [.. "7 ("u8, .. name, .. ")"u8, .. Encoding.ASCII.GetBytes(AfterName)];
            return ProcessStat.TryParse(line, out var stat) && stat == new ProcessStat(7, 'S', 987654321);
        }).QuickCheckThrowOnFailure();

    [TestCase("")]
    [TestCase("4321")]
    [TestCase("4321 (snmpd")]
    [TestCase("4321 snmpd) S 1")]
    [TestCase(") (")]
    [TestCase("4321 (snmpd) S 1 2 3")]
    [TestCase("x (snmpd)" + AfterName)]
    [TestCase("-1 (snmpd)" + AfterName)]
    [TestCase("99999999999 (snmpd)" + AfterName)]
    [TestCase("1 (a) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 -5 20")]
    [TestCase("1 (a) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 99999999999999999999 20")]
    [TestCase("1 (a) 5 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20")]
    public void A_line_that_is_none_is_refused(string line) => Assert.That(TryParse(line, out _), Is.False);

    [Test]
    public void A_line_cut_anywhere_before_its_start_time_is_refused()
    {
        var line = "4321 (snmpd)" + AfterName;
        for (var length = 0; length <= line.IndexOf("987654321", StringComparison.Ordinal); length++)
        {
            Assert.That(TryParse(line[..length], out _), Is.False, line[..length]);
        }
    }

    [Test]
    public void Bytes_overwritten_anywhere_give_a_sound_result_or_none() =>
        Prop.ForAll(ArbMap.Default.ArbFor<(byte Place, byte Value)[]>(), changes =>
        {
            var line = Encoding.ASCII.GetBytes("4321 (snmpd)" + AfterName);
            foreach (var (place, value) in changes)
            {
                line[place % line.Length] = value;
            }

            return !ProcessStat.TryParse(line, out var stat) || (stat.ProcessId >= 0 && char.IsAsciiLetter(stat.State));
        }).QuickCheckThrowOnFailure();

    [TestCase('R', false)]
    [TestCase('S', false)]
    [TestCase('D', false)]
    [TestCase('T', false)]
    [TestCase('Z', true)]
    [TestCase('X', true)]
    public void Zombies_and_the_dead_have_ended(char state, bool ended) =>
        Assert.That(new ProcessStat(1, state, 1).HasEnded, Is.EqualTo(ended));

    private static bool TryParse(string line, out ProcessStat stat) => ProcessStat.TryParse(Encoding.UTF8.GetBytes(line), out stat);
}
