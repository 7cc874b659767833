namespace Connections.Snmp.Collection.Parsing;

/// <summary>Makes something of a value. Implemented by structs, so that parsers put together become one piece of code without calls.</summary>
/// <typeparam name="T">What it makes.</typeparam>
public interface IValueParser<T>
{
    /// <summary>Reads the value.</summary>
    /// <returns>Whether it is what the parser expects; if not, the reader's <see cref="ValueReader.Failure"/> tells why.</returns>
    bool TryParse(ref ValueReader reader, out T value);
}
