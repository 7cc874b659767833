using System.Collections.Immutable;
using Connections.Generators.Emit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Connections.Generators.Locking;

/// <summary>Recognises the ways to block a thread until a task is done.</summary>
internal static class BlockingCall
{
    private const string Task = "System.Threading.Tasks.Task";

    private static readonly ImmutableHashSet<string> Tasks =
        [Task, $"{Task}`1", "System.Threading.Tasks.ValueTask", "System.Threading.Tasks.ValueTask`1"];

    private static readonly ImmutableHashSet<string> Answers = ["IsCompleted", "IsCompletedSuccessfully", "IsCanceled", "IsFaulted"];

    /// <summary>What blocks, as its user would write it; <see langword="null"/> for an operation that does not, or whose task is known to be done.</summary>
    public static string? Describe(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation { Property.Name: "Result" } property when IsTask(property.Property.ContainingType) =>
            IsNameOnly(property) || IsDone(property.Instance) ? null : ".Result",
        IInvocationOperation call => Describe(call),
        _ => null,
    };

    private static string? Describe(IInvocationOperation call) => call.TargetMethod switch
    {
        { Name: "Wait" or "WaitAll" or "WaitAny" } method when method.ContainingType.FullName().StartsWith(Task, StringComparison.Ordinal) =>
            method.IsStatic ? $"Task.{method.Name}(…)" : IsDone(call.Instance) ? null : ".Wait()",
        { Name: "GetResult" } method when IsAwaiter(method.ContainingType) =>
            IsDone(Awaited(call.Instance)) ? null : ".GetAwaiter().GetResult()",
        _ => null,
    };

    private static bool IsTask(INamedTypeSymbol type) => Tasks.Contains(type.FullName());

    private static bool IsAwaiter(INamedTypeSymbol type) =>
        type.ContainingNamespace.ToDisplayString() == "System.Runtime.CompilerServices" && type.Name.EndsWith("TaskAwaiter", StringComparison.Ordinal);

    /// <summary>The task under <c>.ConfigureAwait(false).GetAwaiter()</c>.</summary>
    private static IOperation? Awaited(IOperation? awaiter)
    {
        while (awaiter is IInvocationOperation { TargetMethod.Name: "GetAwaiter" or "ConfigureAwait" } call)
        {
            awaiter = call.Instance;
        }

        return awaiter;
    }

    private static bool IsNameOnly(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is INameOfOperation)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the code before has awaited the task in a variable, alone or among others, or asked it whether it is done.</summary>
    private static bool IsDone(IOperation? task)
    {
        if (Variable(task) is not { } variable)
        {
            return false;
        }

        var everything = task!;
        while (everything.Parent is not null)
        {
            everything = everything.Parent;
        }

        return everything.Descendants()
            .TakeWhile(operation => operation != task)
            .Any(operation => SymbolEqualityComparer.Default.Equals(Variable(operation), variable) && IsAwaitedOrAsked(operation));
    }

    private static bool IsAwaitedOrAsked(IOperation mention)
    {
        if (mention.Parent is IPropertyReferenceOperation property && Answers.Contains(property.Property.Name))
        {
            return true;
        }

        var parent = mention.Parent;
        while (parent is IArgumentOperation or IInvocationOperation or IArrayCreationOperation or IArrayInitializerOperation
            or ICollectionExpressionOperation or IConversionOperation)
        {
            parent = parent.Parent;
        }

        return parent is IAwaitOperation;
    }

    private static ISymbol? Variable(IOperation? operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };
}
