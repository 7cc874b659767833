namespace Connections.Snmp.Collection.Parsing;

/// <summary>A record as two parsers read it.</summary>
/// <typeparam name="TIndex">What the index comes to.</typeparam>
/// <typeparam name="TValue">What the value comes to.</typeparam>
/// <param name="Request">Which of the block's requests it belongs to.</param>
/// <param name="Root">Which root of the request's shape it belongs to.</param>
/// <param name="Index">The index; meaningless where it failed.</param>
/// <param name="Value">The value; meaningless where it failed.</param>
/// <param name="IndexFailure">Why the index is not what was expected.</param>
/// <param name="ValueFailure">Why the value is not what was expected.</param>
public readonly record struct ParsedRecord<TIndex, TValue>(
    int Request, int Root, TIndex Index, TValue Value, ParseFailure IndexFailure, ParseFailure ValueFailure)
{
    /// <summary>Whether index and value are what was expected.</summary>
    public bool IsValid => IndexFailure == ParseFailure.None && ValueFailure == ParseFailure.None;
}
