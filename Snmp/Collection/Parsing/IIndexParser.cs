namespace Connections.Snmp.Collection.Parsing;

/// <summary>Makes something of the next arcs of an index. Implemented by structs, so that parsers put together become one piece of code without calls.</summary>
/// <typeparam name="T">What it makes.</typeparam>
public interface IIndexParser<T>
{
    /// <summary>Reads as many arcs as belong to it.</summary>
    /// <returns>Whether they are what it expects; if not, the reader's <see cref="IndexReader.Failure"/> tells why.</returns>
    bool TryParse(ref IndexReader reader, out T value);
}
