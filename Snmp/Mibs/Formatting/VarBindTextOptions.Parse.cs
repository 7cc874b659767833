namespace Connections.Snmp.Mibs.Formatting;

public sealed partial record VarBindTextOptions
{
    /// <summary>The letters that <see cref="Parse"/> understands.</summary>
    public const string Letters = "nfsSuaxetXbEqQvUT0";

    /// <summary>Reads the letters that come after <c>-O</c>, such as <c>n</c>, <c>sq</c> or <c>QUX</c>. Where letters exclude each other, the last one counts.</summary>
    /// <param name="letters">The letters; none for the defaults.</param>
    /// <exception cref="SnmpParseException">A letter means nothing; the message lists those that do.</exception>
    public static VarBindTextOptions Parse(string letters)
    {
        ArgumentNullException.ThrowIfNull(letters);
        return letters.Aggregate(Default, static (options, letter) => options.With(letter));
    }

    private VarBindTextOptions With(char letter) => letter switch
    {
        'n' => this with { Oids = OidStyle.Numeric },
        'f' => this with { Oids = OidStyle.Full },
        's' => this with { Oids = OidStyle.Suffix },
        'S' => this with { Oids = OidStyle.Module },
        'u' => this with { Oids = OidStyle.Ucd },
        'a' => this with { Octets = OctetStyle.Ascii },
        'x' => this with { Octets = OctetStyle.Hexadecimal },
        'e' => this with { NumericEnumerations = true },
        't' => this with { NumericTimeTicks = true },
        'X' => this with { ExtendedIndexes = true },
        'b' => this with { NumericIndexes = true },
        'E' => this with { EscapedQuotes = true },
        'q' => this with { Quick = true },
        'Q' => this with { Quick = true, QuickWithEquals = true },
        'v' => this with { ValuesOnly = true },
        'U' => this with { WithoutUnits = true },
        'T' => this with { HexadecimalWithText = true },
        '0' => this with { TwoDigitHexadecimal = true },
        _ => throw new SnmpParseException(
            $"'{letter}' is no form of output; the forms are n numbers, f full names, s names without module, S module and name, u names from mib-2 on, a text, x hexadecimal, "
            + "e enumerations in numbers, t time ticks in numbers, X indexes in brackets, b indexes in numbers, E escaped quotes, q quick, Q quick with '=', v values only, "
            + "U no units, T text beside hexadecimal, 0 two hexadecimal digits."),
    };
}
