using Microsoft.CodeAnalysis;

namespace Connections.Generators.Emit;

/// <summary>How a method hands back its result, as far as the generators treat it differently.</summary>
internal enum ReturnShape
{
    Void,
    Value,
    Task,
    TaskOfResult,
    ValueTask,
    ValueTaskOfResult,

    /// <summary>An <c>IAsyncEnumerable&lt;T&gt;</c>: each element is fetched by a call of its own.</summary>
    Stream,

    /// <summary>Another sequence that is produced while its consumer enumerates it.</summary>
    Sequence,

    /// <summary>An awaitable that is none of the four above, or a result by reference.</summary>
    Other,
}

internal static class ReturnShapes
{
    public static ReturnShape Of(IMethodSymbol method)
    {
        if (method.ReturnsVoid)
        {
            return ReturnShape.Void;
        }

        if (method.ReturnsByRef || method.ReturnsByRefReadonly)
        {
            return ReturnShape.Other;
        }

        return method.ReturnType.FullName() switch
        {
            "System.Threading.Tasks.Task" => ReturnShape.Task,
            "System.Threading.Tasks.Task`1" => ReturnShape.TaskOfResult,
            "System.Threading.Tasks.ValueTask" => ReturnShape.ValueTask,
            "System.Threading.Tasks.ValueTask`1" => ReturnShape.ValueTaskOfResult,
            "System.Collections.Generic.IAsyncEnumerable`1" => ReturnShape.Stream,
            "System.Collections.Generic.IAsyncEnumerator`1" => ReturnShape.Sequence,
            "System.Collections.Generic.IEnumerable`1" or "System.Collections.Generic.IEnumerator`1" => ReturnShape.Sequence,
            "System.Collections.IEnumerable" or "System.Collections.IEnumerator" => ReturnShape.Sequence,
            _ when IsStream(method.ReturnType) => ReturnShape.Sequence,
            _ => IsAwaitable(method.ReturnType) ? ReturnShape.Other : ReturnShape.Value,
        };
    }

    public static bool IsAsync(this ReturnShape shape) =>
        shape is ReturnShape.Task or ReturnShape.TaskOfResult or ReturnShape.ValueTask or ReturnShape.ValueTaskOfResult;

    /// <summary>Whether the work goes on when the call has returned, so that arguments must be kept.</summary>
    public static bool OutlivesCall(this ReturnShape shape) => shape.IsAsync() || shape == ReturnShape.Stream;

    public static bool HasResult(this ReturnShape shape) =>
        shape is ReturnShape.Value or ReturnShape.TaskOfResult or ReturnShape.ValueTaskOfResult;

    // A type that is enumerated asynchronously is still being produced; one that is enumerated synchronously may be a list.
    private static bool IsStream(ITypeSymbol type) =>
        type.AllInterfaces.Any(implemented => implemented.Is("System.Collections.Generic.IAsyncEnumerable`1"))
        || type.Is("System.Runtime.CompilerServices.ConfiguredCancelableAsyncEnumerable`1");

    private static bool IsAwaitable(ITypeSymbol type)
    {
        for (var declaring = type; declaring is not null; declaring = declaring.BaseType)
        {
            if (declaring.GetMembers("GetAwaiter").OfType<IMethodSymbol>().Any(method => method.Parameters.IsEmpty && !method.IsStatic))
            {
                return true;
            }
        }

        return type is ITypeParameterSymbol parameter && parameter.ConstraintTypes.Any(IsAwaitable);
    }
}
