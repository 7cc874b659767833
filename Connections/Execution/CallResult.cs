using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using Connections.Pooling;

namespace Connections.Execution;

/// <summary>What became of one call: a value or an error.</summary>
/// <typeparam name="TInput">What the call was made with.</typeparam>
/// <typeparam name="TValue">What it gives.</typeparam>
public sealed record CallResult<TInput, TValue>
{
    internal CallResult(int index, TInput input)
    {
        Index = index;
        Input = input;
    }

    /// <summary>The position among the inputs, from 0.</summary>
    public int Index { get; }

    /// <summary>What the call was made with.</summary>
    public TInput Input { get; }

    /// <summary>What the call threw; null if it succeeded.</summary>
    public Exception? Error { get; internal init; }

    /// <summary>How long the call took from its start; zero if it was never started.</summary>
    public TimeSpan Duration { get; internal init; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>The device of the call: the input, if it is one, or the one that the error names.</summary>
    public string? Device => (Input as Device)?.Name ?? (Error as IConnectionError)?.Device;

    /// <summary>What the call gave.</summary>
    /// <exception cref="Exception">The call failed: its error is thrown, as it was.</exception>
    public TValue Value
    {
        get
        {
            if (Error is not null)
            {
                ExceptionDispatchInfo.Throw(Error);
            }

            return ValueOrDefault!;
        }
    }

    internal TValue? ValueOrDefault { get; init; }
}
