using System.Collections.Immutable;
using Connections.Generators.Emit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Connections.Generators.Locking;

/// <summary>Finds loops over a stream that holds its lock to the end, whose body takes the same lock and so waits for itself.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HeldStreamAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [LockUseDiagnostics.WaitsForItself];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationAction(CheckLoop, OperationKind.Loop);
    }

    private static void CheckLoop(OperationAnalysisContext context)
    {
        if (context.Operation is not IForEachLoopOperation { IsAsynchronous: true } loop
            || Stream(loop.Collection) is not { } stream
            || stream.TargetMethod.Attribute(KnownTypes.LockedAttribute) is not { } attribute
            || !LockedMethod.HoldsEnumerationOf(attribute))
        {
            return;
        }

        foreach (var call in CallsMadeByBody(loop.Body).Where(call => TakesLock(call.TargetMethod) && IsSameObject(call.Instance, stream.Instance)))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                LockUseDiagnostics.WaitsForItself,
                call.Syntax.GetLocation(),
                call.TargetMethod.Name,
                call.Instance!.IsImplicit ? "this" : call.Instance.Syntax.ToString(),
                stream.TargetMethod.Name));
        }
    }

    /// <summary>The call that makes the stream, under what configures its enumeration.</summary>
    private static IInvocationOperation? Stream(IOperation collection) => collection switch
    {
        IConversionOperation conversion => Stream(conversion.Operand),
        IInvocationOperation { TargetMethod: { Name: "ConfigureAwait" or "WithCancellation" } } call =>
            (call.Instance ?? call.Arguments.FirstOrDefault()?.Value) is { } configured ? Stream(configured) : null,
        IInvocationOperation call => call,
        _ => null,
    };

    // What a lambda in the body calls may run after the loop, or elsewhere.
    private static IEnumerable<IInvocationOperation> CallsMadeByBody(IOperation operation)
    {
        foreach (var child in operation.ChildOperations.Where(child => child is not (IAnonymousFunctionOperation or ILocalFunctionOperation)))
        {
            if (child is IInvocationOperation call)
            {
                yield return call;
            }

            foreach (var inner in CallsMadeByBody(child))
            {
                yield return inner;
            }
        }
    }

    private static bool TakesLock(IMethodSymbol method) =>
        method.Attribute(KnownTypes.LockedAttribute) is not null
        || (method.Name is "Lock" or "LockAsync" && method.ContainingType is var type
            && (type.Is(KnownTypes.Lockable) || type.AllInterfaces.Any(implemented => implemented.Is(KnownTypes.Lockable))));

    private static bool IsSameObject(IOperation? one, IOperation? other) => (one, other) switch
    {
        (IInstanceReferenceOperation, IInstanceReferenceOperation) => true,
        (ILocalReferenceOperation a, ILocalReferenceOperation b) => SymbolEqualityComparer.Default.Equals(a.Local, b.Local),
        (IParameterReferenceOperation a, IParameterReferenceOperation b) => SymbolEqualityComparer.Default.Equals(a.Parameter, b.Parameter),
        (IMemberReferenceOperation a, IMemberReferenceOperation b) =>
            SymbolEqualityComparer.Default.Equals(a.Member, b.Member) && (a.Instance is null || IsSameObject(a.Instance, b.Instance)),
        (IConversionOperation a, _) => IsSameObject(a.Operand, other),
        (_, IConversionOperation b) => IsSameObject(one, b.Operand),
        _ => false,
    };
}
