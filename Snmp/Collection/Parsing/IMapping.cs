namespace Connections.Snmp.Collection.Parsing;

/// <summary>A step from what a parser reads to what is wanted, without a delegate: a type stands for it.</summary>
/// <typeparam name="TFrom">What was read.</typeparam>
/// <typeparam name="TTo">What is wanted.</typeparam>
public interface IMapping<TFrom, TTo>
{
    /// <summary>Takes the step.</summary>
    /// <returns>Whether it can be taken; if not, parsing fails with <see cref="ParseFailure.Rejected"/>.</returns>
    static abstract bool TryMap(TFrom from, out TTo to);
}
