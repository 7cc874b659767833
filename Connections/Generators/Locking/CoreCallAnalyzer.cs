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
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [LockUseDiagnostics.CoreCalled];

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
        if (Cores.LockedMethodOf(target, type) is { } locked && !Cores.RunsLocked(context.ContainingSymbol))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                LockUseDiagnostics.CoreCalled,
                context.Operation.Syntax.GetLocation(),
                context.ContainingSymbol.Name,
                target.Name,
                locked.Name));
        }
    }
}
