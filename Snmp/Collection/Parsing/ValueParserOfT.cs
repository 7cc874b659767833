using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection.Parsing;

/// <summary>A parser of values with the means to go on from it. It is a struct of structs, so that nothing is allocated and nothing is called through a delegate.</summary>
/// <typeparam name="TParser">What parses.</typeparam>
/// <typeparam name="T">What it makes.</typeparam>
/// <param name="parser">What parses.</param>
public readonly struct ValueParser<TParser, T>(TParser parser) : IValueParser<T>
    where TParser : struct, IValueParser<T>
{
    private readonly TParser _parser = parser;

    /// <inheritdoc/>
    public bool TryParse(ref ValueReader reader, out T value) => _parser.TryParse(ref reader, out value);

    /// <summary>Parses a value.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="octets">Its content octets, such as a record's <see cref="ResultRecord.Value"/>.</param>
    /// <param name="value">What it comes to.</param>
    /// <returns>Why it is not what was expected; <see cref="ParseFailure.None"/> if it is.</returns>
    public ParseFailure Parse(SnmpType type, ReadOnlySpan<byte> octets, out T value)
    {
        var reader = new ValueReader(type, octets);
        _ = _parser.TryParse(ref reader, out value);
        return reader.Failure;
    }

    /// <summary>This, and a step from what it makes to something else.</summary>
    /// <typeparam name="TMapping">The step.</typeparam>
    /// <typeparam name="TTo">What it leads to.</typeparam>
    public ValueParser<MappedValue<TParser, T, TMapping, TTo>, TTo> Map<TMapping, TTo>()
        where TMapping : IMapping<T, TTo> => new(new(_parser));

    /// <summary>This, or a value of one's own where the agent has none: noSuchObject, noSuchInstance, endOfMibView or Null.</summary>
    public ValueParser<DefaultValue<TParser, T>, T> Default(T otherwise) => new(new(_parser, otherwise));
}
