namespace Connections.Snmp.Mibs.Formatting;

/// <summary>How varbinds are written: what the <c>-O</c> options of Net-SNMP's tools say. Immutable.</summary>
public sealed partial record VarBindTextOptions
{
    /// <summary>What the tools print without options.</summary>
    public static VarBindTextOptions Default { get; } = new();

    /// <summary>How OIDs are written.</summary>
    public OidStyle Oids { get; init; }

    /// <summary>How strings of octets without a display hint are written.</summary>
    public OctetStyle Octets { get; init; }

    /// <summary>Enumerations and bits as numbers alone (<c>e</c>).</summary>
    public bool NumericEnumerations { get; init; }

    /// <summary>Time ticks as a number alone (<c>t</c>).</summary>
    public bool NumericTimeTicks { get; init; }

    /// <summary>Parts of indexes in brackets, by their display hints, <c>ifDescr[1]</c> (<c>X</c>).</summary>
    public bool ExtendedIndexes { get; init; }

    /// <summary>Indexes in numbers (<c>b</c>).</summary>
    public bool NumericIndexes { get; init; }

    /// <summary>Backslashes before the quotes of indexes (<c>E</c>).</summary>
    public bool EscapedQuotes { get; init; }

    /// <summary>Values without their types, after a space in place of an equals sign (<c>q</c>).</summary>
    public bool Quick { get; init; }

    /// <summary>The equals sign all the same (<c>Q</c>, which says <see cref="Quick"/> too).</summary>
    public bool QuickWithEquals { get; init; }

    /// <summary>The values alone (<c>v</c>).</summary>
    public bool ValuesOnly { get; init; }

    /// <summary>No units (<c>U</c>).</summary>
    public bool WithoutUnits { get; init; }

    /// <summary>The text beside octets in hexadecimal (<c>T</c>).</summary>
    public bool HexadecimalWithText { get; init; }

    /// <summary>Two digits for each octet that a display hint shows in hexadecimal (<c>0</c>).</summary>
    public bool TwoDigitHexadecimal { get; init; }
}
