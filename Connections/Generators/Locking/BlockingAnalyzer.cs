using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Connections.Generators.Locking;

/// <summary>Finds code that blocks its thread on a task while it holds the lock: in a Core, and in what a Core calls of its own class.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [LockUseDiagnostics.BlocksInLock];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolStartAction(StartType, SymbolKind.NamedType);
    }

    private static void StartType(SymbolStartAnalysisContext context)
    {
        var type = new TypeCalls((INamedTypeSymbol)context.Symbol);
        context.RegisterOperationAction(type.Note, OperationKind.Invocation, OperationKind.PropertyReference);
        context.RegisterSymbolEndAction(type.Report);
    }

    /// <summary>What the members of one type call of each other, and where they block.</summary>
    private sealed class TypeCalls(INamedTypeSymbol type)
    {
        private readonly ConcurrentBag<(ISymbol Caller, IMethodSymbol Callee)> _calls = [];
        private readonly ConcurrentBag<(ISymbol Caller, string How, Location Location)> _blocks = [];

        public void Note(OperationAnalysisContext context)
        {
            // A type nested in this one is looked at by itself.
            var caller = context.ContainingSymbol;
            if (!SymbolEqualityComparer.Default.Equals(caller.ContainingType, type))
            {
                return;
            }

            if (BlockingCall.Describe(context.Operation) is { } how)
            {
                _blocks.Add((caller, how, context.Operation.Syntax.GetLocation()));
            }
            else if (context.Operation is IInvocationOperation { TargetMethod: var callee }
                && SymbolEqualityComparer.Default.Equals(callee.ContainingType.OriginalDefinition, type))
            {
                _calls.Add((caller, callee.OriginalDefinition));
            }
        }

        public void Report(SymbolAnalysisContext context)
        {
            if (_blocks.IsEmpty)
            {
                return;
            }

            var locked = RunningLocked();
            foreach (var (caller, how, location) in _blocks.Where(block => locked.Contains(block.Caller)))
            {
                context.ReportDiagnostic(Diagnostic.Create(LockUseDiagnostics.BlocksInLock, location, caller.Name, how));
            }
        }

        private HashSet<ISymbol> RunningLocked()
        {
            var calls = _calls.ToLookup(call => call.Caller, call => call.Callee, SymbolEqualityComparer.Default);
            var locked = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
            var next = new Stack<ISymbol>(_blocks.Select(block => block.Caller).Concat(calls.Select(call => call.Key!)).Where(Cores.RunsLocked));
            while (next.Count > 0)
            {
                var method = next.Pop();
                if (locked.Add(method))
                {
                    foreach (var callee in calls[method])
                    {
                        next.Push(callee);
                    }
                }
            }

            return locked;
        }
    }
}
