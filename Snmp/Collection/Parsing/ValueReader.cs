using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection.Parsing;

/// <summary>A value to be parsed, where it stands.</summary>
public ref struct ValueReader
{
    /// <summary>Begins to read a value.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="octets">Its content octets, such as a record's <see cref="ResultRecord.Value"/>; they may be hostile.</param>
    public ValueReader(SnmpType type, ReadOnlySpan<byte> octets)
    {
        Type = type;
        Octets = octets;
    }

    /// <summary>The value's type.</summary>
    public SnmpType Type { get; }

    /// <summary>Its content octets.</summary>
    public ReadOnlySpan<byte> Octets { get; }

    /// <summary>Why it is not what was expected; <see cref="ParseFailure.None"/> as long as it is.</summary>
    public ParseFailure Failure { get; private set; }

    /// <summary>Whether the agent has no value: noSuchObject, noSuchInstance, endOfMibView, or Null.</summary>
    public readonly bool IsException => Type is SnmpType.NoSuchObject or SnmpType.NoSuchInstance or SnmpType.EndOfMibView or SnmpType.Null;

    /// <summary>Reads a whole number of any type.</summary>
    public bool TryReadNumber(out long number)
    {
        number = 0;
        if (Type is not (SnmpType.Integer32 or SnmpType.Counter32 or SnmpType.Gauge32 or SnmpType.TimeTicks or SnmpType.Counter64))
        {
            return FailType();
        }

        if (Octets.Length == 1)
        {
            number = (sbyte)Octets[0];
            return true;
        }

        return BerInteger.TryReadInt64(Octets, out number) || Fail(ParseFailure.OutOfRange);
    }

    /// <summary>Says that the value is not what was expected.</summary>
    /// <returns>False, so that a parser may return it.</returns>
    public bool Fail(ParseFailure failure)
    {
        if (Failure == ParseFailure.None)
        {
            Failure = failure;
        }

        return false;
    }

    /// <summary>Says that the value has another type, or is none at all.</summary>
    /// <returns>False, so that a parser may return it.</returns>
    public bool FailType() => Fail(IsException ? ParseFailure.NoValue : ParseFailure.WrongType);
}
