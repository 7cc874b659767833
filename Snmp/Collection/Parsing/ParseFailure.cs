namespace Connections.Snmp.Collection.Parsing;

/// <summary>Why an index or a value is not what a parser expects.</summary>
public enum ParseFailure : byte
{
    /// <summary>It is what was expected.</summary>
    None = 0,

    /// <summary>The index or the octets end too early.</summary>
    TooShort,

    /// <summary>Something is left after all that was expected.</summary>
    TooLong,

    /// <summary>An arc or a number is out of its range, or no number at all.</summary>
    OutOfRange,

    /// <summary>The value has another type.</summary>
    WrongType,

    /// <summary>The agent has no such object or instance: the value is an exception.</summary>
    NoValue,

    /// <summary>A mapping refused what was read.</summary>
    Rejected,
}
