using Connections.Snmp.Mibs.Values;
using FsCheck;
using FsCheck.Fluent;

namespace Connections.Snmp.Tests.Mibs.Values;

/// <summary>DISPLAY-HINT by RFC 2579, section 3.1: its examples, those of the modules that have one, and hostile ones.</summary>
public sealed class DisplayHintTests
{
    private const string DateAndTime = "2d-1d-1d,1d:1d:1d.1d,1a1d:1d";
    private const string IPv6 = "2x:2x:2x:2x:2x:2x:2x:2x";

    // Hint, octets in hexadecimal, text.
    private static readonly object[] Octets =
    [
        new[] { DateAndTime, "07C8051A0D1E0F002D0400", "1992-5-26,13:30:15.0,-4:0" },
        new[] { DateAndTime, "07EA0B1512200009", "2026-11-21,18:32:0.9" },
        new[] { "255a", "6C6F", "lo" },
        new[] { "255t", "5AC3BC72696368", "Zürich" },
        new[] { "1x:", "001B21AB0CFF", "00:1b:21:ab:0c:ff" },
        new[] { "1d.1d.1d.1d", "C0000201", "192.0.2.1" },
        new[] { "1d.1d.1d.1d/2d", "C000020100A1", "192.0.2.1/161" },
        new[] { "1d.1d.1d.1d:2d", "C000020100A1", "192.0.2.1:161" },
        new[] { "1d.1d.1d.1d%4d", "C000020100000007", "192.0.2.1%7" },
        new[] { IPv6, "20010DB8000000000000000000000001", "2001:db8:0:0:0:0:0:1" },
        new[] { IPv6 + "%4d", "FE80000000000000000000000000000100000003", "fe80:0:0:0:0:0:0:1%3" },
        new[] { "0a[2x:2x:2x:2x:2x:2x:2x:2x]0a:2d", "20010DB800000000000000000000000100A1", "[2001:db8:0:0:0:0:0:1]:161" },
        new[] { "0a[2x:2x:2x:2x:2x:2x:2x:2x%4d]0a:2d", "FE8000000000000000000000000000010000000300A1", "[fe80:0:0:0:0:0:0:1%3]:161" },
        new[] { "4x.1x:1x:1x:1x:1x:1x.2d", "000000010800200000AA0453", "1.08:00:20:00:00:aa.1107" },
        new[] { "*1x:/1x:", "034900012122", "49:00:01/21:22" },
        new[] { "*1d,;", "020105000107", "1,5;;7" },
        new[] { "1o-2d", "080100", "10-256" },
        new[] { "1x", "000AFF", "000aff" },
        new[] { "3d", "010000", "65536" },
        new[] { "8d", "FFFFFFFFFFFFFFFF", "18446744073709551615" },
        new[] { "1d", "", "" },
        new[] { "d.", "0102", "1.2" },
    ];

    // Hint, number, text.
    private static readonly object[] Numbers =
    [
        new object[] { "d-2", 1234L, "12.34" },
        new object[] { "d-2", 5L, "0.05" },
        new object[] { "d-2", -5L, "-0.05" },
        new object[] { "d-1", -123L, "-12.3" },
        new object[] { "d", -7L, "-7" },
        new object[] { "d-0", 12L, "12" },
        new object[] { "x", 255L, "ff" },
        new object[] { "x", -255L, "-ff" },
        new object[] { "o", 8L, "10" },
        new object[] { "b", 5L, "101" },
        new object[] { "b", -5L, "-101" },
        new object[] { "d-3", (long)int.MinValue, "-2147483.648" },
        new object[] { "x", (long)uint.MaxValue, "ffffffff" },
    ];

    [TestCaseSource(nameof(Octets))]
    public void Octets_are_written_as_the_hint_says_and_read_back(string hint, string octets, string text)
    {
        var compiled = Compile(hint);
        var value = Convert.FromHexString(octets);

        Assert.That(compiled.Format(value), Is.EqualTo(text));
        Assert.That(compiled.TryParse(text, out byte[]? parsed), Is.True);
        Assert.That(Convert.ToHexString(parsed!), Is.EqualTo(octets));
    }

    [TestCaseSource(nameof(Numbers))]
    public void Numbers_are_written_as_the_hint_says_and_read_back(string hint, long number, string text)
    {
        var compiled = Compile(hint);

        Assert.That(compiled.Format(number), Is.EqualTo(text));
        Assert.That(compiled.TryParse(text, out long parsed), Is.True);
        Assert.That(parsed, Is.EqualTo(number));
    }

    [TestCase("d-2", "12", 1200)]
    [TestCase("d-2", "12.3", 1230)]
    [TestCase("d-2", ".5", 50)]
    [TestCase("d-2", "-12.3", -1230)]
    [TestCase("x", "FF", 255)]
    public void Decimals_at_the_end_may_be_left_out_and_case_does_not_matter(string hint, string text, long number)
    {
        Assert.That(Compile(hint).TryParse(text, out long parsed), Is.True);
        Assert.That(parsed, Is.EqualTo(number));
    }

    [TestCase("d-2", "12.345")]
    [TestCase("d-2", ".")]
    [TestCase("d-2", "")]
    [TestCase("d-2", "1.2.3")]
    [TestCase("d", "1.5")]
    [TestCase("d", "-")]
    [TestCase("d", "99999999999999999999")]
    [TestCase("o", "8")]
    [TestCase("x", "0xff")]
    [TestCase("b", "2")]
    public void What_is_no_number_of_the_hint_is_refused(string hint, string text) =>
        Assert.That(Compile(hint).TryParse(text, out long _), Is.False);

    [TestCase("1x:", "00:1b:")]
    [TestCase("1x:", "100:1b")]
    [TestCase("1x:", "0-1")]
    [TestCase("1d.1d.1d.1d", "192.0.2.256")]
    [TestCase(DateAndTime, "1992-5-26 13:30")]
    [TestCase(DateAndTime, "yesterday")]
    [TestCase("3a", "")]
    public void What_is_no_text_of_the_hint_is_refused(string hint, string text)
    {
        var isText = Compile(hint).TryParse(text, out byte[]? octets);

        // Only the empty text is one of every hint: no octets.
        Assert.That(isText, Is.EqualTo(text.Length == 0));
        Assert.That(octets, isText ? Is.Empty : Is.Null);
    }

    [TestCase("")]
    [TestCase("q")]
    [TestCase("1")]
    [TestCase("*")]
    [TestCase("d-1000")]
    [TestCase("1z:")]
    [TestCase("1d.0a")]
    [TestCase("9d")]
    [TestCase("255")]
    public void What_is_no_hint_is_none(string hint)
    {
        Assert.That(DisplayHint.TryCompile(hint, out _), Is.False);
        Assert.That(DisplayHint.Of(hint), Is.Null);
    }

    [Test]
    public void A_hint_is_compiled_once()
    {
        var first = DisplayHint.Of("1x:");

        Assert.That(DisplayHint.Of("1x:"), Is.Not.Null.And.SameAs(first));
    }

    [Test]
    public void Text_that_is_no_UTF_8_is_read_as_Latin_1() => Assert.That(Compile("255a").Format([0x5A, 0xFC]), Is.EqualTo("Zü"));

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public void Hardware_addresses_of_any_octets_are_read_back(byte[] octets) => AssertReadBack("1x:", octets);

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public void Pairs_of_octets_of_any_number_are_read_back(ushort[] pairs) =>
        AssertReadBack("2x:", [.. pairs.SelectMany(static pair => new[] { (byte)(pair >> 8), (byte)pair })]);

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public void Counted_fields_are_read_back(byte[] first, byte[] rest)
    {
        byte[] counted = [1, 2, .. first];
        AssertReadBack("*1d./1x:", [(byte)counted.Length, .. counted, .. rest, 9]);
    }

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public void Numbers_with_decimals_are_read_back(int number, byte decimals)
    {
        var hint = Compile($"d-{decimals % 12}");
        Assert.That(hint.TryParse(hint.Format(number), out long parsed), Is.True);
        Assert.That(parsed, Is.EqualTo(number));
    }

    [FsCheck.NUnit.Property(MaxTest = 20_000, Arbitrary = [typeof(DisplayHintTests)])]
    public void No_hint_no_value_and_no_text_throws_or_grows_beyond_measure(HostileHint hostile)
    {
        if (!DisplayHint.TryCompile(hostile.Hint, out var hint))
        {
            return;
        }

        foreach (var style in Enum.GetValues<DisplayHintStyle>())
        {
            Assert.That(hint.Format(hostile.Octets, style), Has.Length.LessThanOrEqualTo((hostile.Octets.Length + hostile.Hint.Length + 1) * 300), hostile.Hint);
            Assert.That(hint.Format(BitConverter.ToInt64(hostile.Octets.Concat(new byte[8]).ToArray()), style), Is.Not.Empty);
        }

        if (hint.TryParse(hint.Format(hostile.Octets), out byte[]? octets))
        {
            Assert.That(octets, Has.Length.LessThanOrEqualTo(ushort.MaxValue));
        }

        _ = hint.TryParse(hostile.Hint, out long _);
        _ = hint.TryParse(hostile.Hint, out byte[]? _);
    }

    public static Arbitrary<HostileHint> HostileHints()
    {
        var word = Gen.Elements("1", "0", "2", "255", "99999999999", "*", "x", "d", "o", "a", "t", "b", "d-2", ":", ".", "-", "/", "[", "ü", "%", " ", "1x:", "1d.", "*1x:/", "0a");
        var hints =
            from words in Gen.Choose(1, 8).SelectMany(count => Gen.ArrayOf(word, count))
            from octets in Gen.Choose(0, 80).SelectMany(count => Gen.ArrayOf(Gen.Choose(0, 255).Select(static value => (byte)value), count))
            select new HostileHint(string.Concat(words), octets);
        return hints.ToArbitrary();
    }

    private static void AssertReadBack(string hint, byte[] octets)
    {
        var compiled = Compile(hint);
        Assert.That(compiled.TryParse(compiled.Format(octets), out byte[]? parsed), Is.True, compiled.Format(octets));
        Assert.That(parsed, Is.EqualTo(octets));
    }

    private static DisplayHint Compile(string hint)
    {
        Assert.That(DisplayHint.TryCompile(hint, out var compiled), Is.True, hint);
        return compiled!;
    }

    public sealed record HostileHint(string Hint, byte[] Octets)
    {
        public override string ToString() => $"{Hint}: {Convert.ToHexString(Octets)}";
    }
}
