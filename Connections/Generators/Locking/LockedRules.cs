using Connections.Generators.Emit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Connections.Generators.Locking;

/// <summary>What a [Locked] method must be. The generator writes the methods that keep these rules; the analyzer explains the others.</summary>
internal static class LockedRules
{
    private const string PageByPage =
        "a sequence that would hold the lock while its consumer's loop body runs; return an IAsyncEnumerable<T>, which holds it only while an element is fetched, or one page as a Task";

    private const string NoTask = "which is neither a finished value nor one of Task, Task<T>, ValueTask, ValueTask<T> and IAsyncEnumerable<T>; return one of those";

    /// <summary>The rules without which there is no body to write.</summary>
    public static IEnumerable<Violation> Shape(IMethodSymbol method)
    {
        var shape = ReturnShapes.Of(method);
        var own = Declaration(method)
            .Concat(Class(method))
            .Concat(Timeout(method))
            .Concat(Result(method, shape));
        return shape.OutlivesCall() ? own.Concat(Parameters(method)) : own;
    }

    private static IEnumerable<Violation> Declaration(IMethodSymbol method)
    {
        var problem = method switch
        {
            { IsStatic: true } => "is static",
            { MethodKind: MethodKind.ExplicitInterfaceImplementation } => "implements an interface explicitly",
            { IsPartialDefinition: false } => "is not a partial declaration",
            _ when HasHandWrittenBody(method) => "has a body of its own",
            _ => null,
        };
        if (problem is not null)
        {
            var name = method.Name.Substring(method.Name.LastIndexOf('.') + 1);
            yield return new(LockedDiagnostics.NotPartialMethod, name, problem, LockedMethod.CoreNameOf(name));
        }
    }

    // The analyzer sees the generated part too; only a body that the user wrote is in the generator's way.
    private static bool HasHandWrittenBody(IMethodSymbol method) =>
        method.PartialImplementationPart is { } body && !body.IsGenerated();

    private static IEnumerable<Violation> Class(IMethodSymbol method)
    {
        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            if (type.IsFileLocal)
            {
                yield return new(LockedDiagnostics.NotPartialClass, type.Name, "local to its file");
            }
            else if (!IsPartial(type))
            {
                yield return new(LockedDiagnostics.NotPartialClass, type.Name, "not partial");
            }
        }

        if (!IsLockable(method.ContainingType))
        {
            yield return new(LockedDiagnostics.NotLockable, method.ContainingType.Name, method.Name);
        }
    }

    private static bool IsPartial(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.Any(reference =>
        reference.GetSyntax() is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static bool IsLockable(INamedTypeSymbol type) =>
        type.TypeKind == TypeKind.Class && type.AllInterfaces.Any(implemented => implemented.Is(KnownTypes.Lockable));

    private static IEnumerable<Violation> Timeout(IMethodSymbol method)
    {
        if (method.Attribute(KnownTypes.LockedAttribute) is { } attribute && LockedMethod.TimeoutOf(attribute) is var timeout and < -1)
        {
            yield return new(LockedDiagnostics.BadTimeout, method.Name, timeout);
        }
    }

    private static IEnumerable<Violation> Result(IMethodSymbol method, ReturnShape shape)
    {
        var problem = shape switch
        {
            ReturnShape.Sequence => PageByPage,
            ReturnShape.Other => NoTask,
            _ => null,
        };
        if (problem is not null)
        {
            yield return new(LockedDiagnostics.UnsupportedReturn, method.Name, method.ReturnType.ToDisplayString(), problem);
        }
    }

    private static IEnumerable<Violation> Parameters(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (ParameterRules.CannotOutliveCall(parameter) is { } how)
            {
                yield return new(LockedDiagnostics.ByReference, method.Name, parameter.Name, how);
            }
        }
    }
}
