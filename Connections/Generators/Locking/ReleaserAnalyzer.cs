using System.Collections.Immutable;
using Connections.Generators.Emit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Connections.Generators.Locking;

/// <summary>Finds locks and leases that are taken and never released, and releasers whose ownership is lost on the way back to the caller.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ReleaserAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [LockUseDiagnostics.NotReleased, LockUseDiagnostics.ReturnedFromAsync];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationAction(CheckStatement, OperationKind.ExpressionStatement);
        context.RegisterOperationAction(CheckLocal, OperationKind.VariableDeclarator);
        context.RegisterSymbolAction(symbol => CheckReturn((IMethodSymbol)symbol.Symbol, symbol.ReportDiagnostic), SymbolKind.Method);
        context.RegisterOperationAction(
            operation => CheckReturn(((ILocalFunctionOperation)operation.Operation).Symbol, operation.ReportDiagnostic), OperationKind.LocalFunction);
    }

    private static void CheckStatement(OperationAnalysisContext context)
    {
        // The value of a lambda such as an assertion expects to throw is dropped by the lambda's type, not by who wrote it.
        if (context.Operation.IsImplicit)
        {
            return;
        }

        var value = ((IExpressionStatementOperation)context.Operation).Operation;
        if (value is IAssignmentOperation assignment)
        {
            if (assignment.Target is not IDiscardOperation)
            {
                return;
            }

            value = assignment.Value;
        }

        if (Held(Awaited(value.Type)) is { } held)
        {
            context.ReportDiagnostic(Diagnostic.Create(LockUseDiagnostics.NotReleased, value.Syntax.GetLocation(), held.Name));
        }
    }

    private static void CheckLocal(OperationAnalysisContext context)
    {
        var declarator = (IVariableDeclaratorOperation)context.Operation;
        if (declarator.GetVariableInitializer() is null || Held(declarator.Symbol.Type) is not { } held || IsUsed(declarator))
        {
            return;
        }

        var everything = declarator as IOperation;
        while (everything.Parent is not null)
        {
            everything = everything.Parent;
        }

        var isReleased = everything.Descendants()
            .OfType<ILocalReferenceOperation>()
            .Any(reference => SymbolEqualityComparer.Default.Equals(reference.Local, declarator.Symbol) && MayRelease(reference));
        if (!isReleased)
        {
            context.ReportDiagnostic(Diagnostic.Create(LockUseDiagnostics.NotReleased, declarator.Syntax.GetLocation(), held.Name));
        }
    }

    /// <summary>Whether a local is declared by a <c>using</c>.</summary>
    private static bool IsUsed(IVariableDeclaratorOperation declarator) =>
        declarator.Parent?.Parent?.Parent is IUsingDeclarationOperation or IUsingOperation;

    /// <summary>Whether a mention of a local releases it or hands it on; asking it for something does neither.</summary>
    private static bool MayRelease(ILocalReferenceOperation reference) => reference.Parent switch
    {
        IInvocationOperation call when call.Instance == reference => call.TargetMethod.Name is "Dispose" or "DisposeAsync",
        IMemberReferenceOperation member => member is IMethodReferenceOperation { Method.Name: "Dispose" or "DisposeAsync" },
        IBinaryOperation => false,
        _ => true,
    };

    private static void CheckReturn(IMethodSymbol method, Action<Diagnostic> report)
    {
        if (method.IsAsync && Awaited(method.ReturnType).Is(KnownTypes.Releaser))
        {
            report(Diagnostic.Create(LockUseDiagnostics.ReturnedFromAsync, method.Locations.FirstOrDefault(), method.Name));
        }
    }

    private static ITypeSymbol? Awaited(ITypeSymbol? type) =>
        type is INamedTypeSymbol task && (task.Is("System.Threading.Tasks.Task`1") || task.Is("System.Threading.Tasks.ValueTask`1"))
            ? task.TypeArguments[0]
            : type;

    private static ITypeSymbol? Held(ITypeSymbol? type) =>
        type.Is(KnownTypes.Releaser) || type.Is(KnownTypes.WorkerLease) || type.Is(KnownTypes.ConnectionLease) ? type : null;
}
