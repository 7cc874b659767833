using Connections.Pooling;

namespace Connections.Execution;

/// <summary>Some calls of a <see cref="ParallelCall"/> failed; the message names each, and <see cref="Errors"/> holds what they threw.</summary>
public sealed class ParallelCallException : ConnectionException
{
    internal ParallelCallException(string message, IReadOnlyList<Exception> errors)
        : base(message, errors[0]) => Errors = errors;

    /// <summary>The errors, in the order of the inputs.</summary>
    public IReadOnlyList<Exception> Errors { get; }
}
