using Connections.Generators.Emit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Connections.Generators.Locking;

/// <summary>
/// Writes the bodies of methods marked [Locked]: take the connection's lock, call Core, let the connection recover when Core
/// throws, release. What it cannot write it leaves to <see cref="LockedAnalyzer"/> to explain.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class LockedGenerator : IIncrementalGenerator
{
    /// <summary>The name of the pipeline step that yields the models, one for each method.</summary>
    internal const string MethodsStep = "LockedMethods";

    /// <summary>The name of the pipeline step that gathers the models of each class, one generated file for each.</summary>
    internal const string ClassesStep = "LockedClasses";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var methods = context.SyntaxProvider
            .ForAttributeWithMetadataName(KnownTypes.LockedAttribute, static (node, _) => node is MethodDeclarationSyntax, Read)
            .Where(static method => method is not null)
            .Select(static (method, _) => method!)
            .WithTrackingName(MethodsStep);

        var classes = methods.Collect()
            .SelectMany(static (all, _) => all
                .GroupBy(method => method.Class, (type, members) => new LockedClass(type, members.ToEquatableArray()))
                .Named(type => type.Class.FileName))
            .WithTrackingName(ClassesStep);

        context.RegisterSourceOutput(classes, static (output, file) =>
            output.AddSource(file.FileName, LockedWriter.Write(file.Item.Class, file.Item.Methods)));
    }

    private static LockedMethod? Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        var method = (IMethodSymbol)context.TargetSymbol;
        return LockedRules.Shape(method).Any() || CoreRules.Find(method, context.SemanticModel.Compilation) is not null
            ? null
            : LockedMethod.From(method, (MethodDeclarationSyntax)context.TargetNode, context.Attributes[0]);
    }

    private sealed record LockedClass(PartialClass Class, EquatableArray<LockedMethod> Methods);
}
