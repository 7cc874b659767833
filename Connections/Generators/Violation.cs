using Microsoft.CodeAnalysis;

namespace Connections.Generators;

/// <summary>A broken rule, before anyone has decided where to report it.</summary>
internal sealed record Violation(DiagnosticDescriptor Rule, params object[] Arguments)
{
    public Diagnostic At(Location? location) => Diagnostic.Create(Rule, location, Arguments);
}
