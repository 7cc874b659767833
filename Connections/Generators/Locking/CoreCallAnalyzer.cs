using System.Collections.Immutable;
using Connections.Generators.Emit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Connections.Generators.Locking;

/// <summary>Finds calls of a Core by code that need not hold the lock.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CoreCallAnalyzer : DiagnosticAnalyzer
{
    private const string BaseConnection = "Connections.BaseConnection";

    private static readonly ImmutableHashSet<string> CalledWithLockHeld = ["OpenAsync", "CloseAsync", "ResetAsync", "CheckHealthAsync"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [LockedDiagnostics.CoreCalled];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationAction(CheckCall, OperationKind.Invocation);
        context.RegisterOperationAction(CheckDelegate, OperationKind.MethodReference);
    }

    private static void CheckCall(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        Check(context, call.TargetMethod, call.Instance);
    }

    private static void CheckDelegate(OperationAnalysisContext context)
    {
        var reference = (IMethodReferenceOperation)context.Operation;
        Check(context, reference.Method, reference.Instance);
    }

    private static void Check(OperationAnalysisContext context, IMethodSymbol target, IOperation? instance)
    {
        var type = instance?.Type as INamedTypeSymbol ?? target.ContainingType;
        if (LockedMethodOf(target, type) is { } locked && !HoldsLock(context.ContainingSymbol))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                LockedDiagnostics.CoreCalled,
                context.Operation.Syntax.GetLocation(),
                context.ContainingSymbol.Name,
                target.Name,
                locked.Name));
        }
    }

    /// <summary>The [Locked] method whose Core a method of some type is, if it is one.</summary>
    private static IMethodSymbol? LockedMethodOf(IMethodSymbol core, INamedTypeSymbol type)
    {
        if (core.IsStatic || !(core.Name.EndsWith("Core", StringComparison.Ordinal) || core.Name.EndsWith("CoreAsync", StringComparison.Ordinal)))
        {
            return null;
        }

        for (var declaring = type; declaring is not null; declaring = declaring.BaseType)
        {
            foreach (var method in declaring.GetMembers().OfType<IMethodSymbol>())
            {
                if (LockedMethod.CoreNameOf(method.Name) == core.Name && method.Attribute(KnownTypes.LockedAttribute) is not null)
                {
                    return method;
                }
            }
        }

        return null;
    }

    private static bool HoldsLock(ISymbol caller) =>
        caller is IMethodSymbol method && (LockedMethodOf(method, method.ContainingType) is not null || IsCalledWithLockHeld(method));

    private static bool IsCalledWithLockHeld(IMethodSymbol method)
    {
        var root = method;
        while (root.OverriddenMethod is { } overridden)
        {
            root = overridden;
        }

        return CalledWithLockHeld.Contains(root.Name) && root.ContainingType.Is(BaseConnection);
    }
}
