using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using Connections.Pooling;

namespace Connections.Execution;

/// <summary>What became of one call: a value or an error.</summary>
/// <typeparam name="TInput">What the call was made with.</typeparam>
/// <typeparam name="TValue">What it gives.</typeparam>
public sealed record CallResult<TInput, TValue>
{
    private readonly string? _device;

    internal CallResult(int index, TInput input, string? device)
    {
        Index = index;
        Input = input;
        _device = device;
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

    /// <summary>The device of the call: that of the input, or else the one that the error names.</summary>
    public string? Device => _device ?? (Error as IConnectionError)?.Device;

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

    /// <summary>The call as messages name it: by its input, and by its device unless the input names that already.</summary>
    internal string Subject => (Input?.ToString(), Device) switch
    {
        (null or "", var device) => device ?? $"call {Index}",
        (var input, { } device) when !input.Contains(device, StringComparison.Ordinal) => $"{device}: {input}",
        (var input, _) => input,
    };

    /// <summary>The call, and its value or what its error says.</summary>
    public override string ToString() => $"{Subject}: {(IsSuccess ? ValueOrDefault : Error.Message)}";
}
