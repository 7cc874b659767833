using Microsoft.CodeAnalysis;

namespace Connections.Generators.Emit;

/// <summary>The names of the types that generated code speaks to, and of those that it treats specially.</summary>
internal static class KnownTypes
{
    public const string LockedAttribute = "Connections.Locking.LockedAttribute";
    public const string PooledAttribute = "Connections.Pools.PooledAttribute";
    public const string ChangesStateAttribute = "Connections.Pools.ChangesStateAttribute";
    public const string RpcServiceAttribute = "Connections.Native.Rpc.RpcServiceAttribute";
    public const string IdempotentAttribute = "Connections.Native.Rpc.IdempotentAttribute";
    public const string Lockable = "Connections.Locking.ILockable";
    public const string Releaser = "Connections.Locking.Releaser";
    public const string ConnectionLease = "Connections.Pools.ConnectionLease`1";
    public const string WorkerLease = "Connections.Pooling.WorkerLease`1";
    public const string CancellationToken = "System.Threading.CancellationToken";
    public const string EnumeratorCancellation = "System.Runtime.CompilerServices.EnumeratorCancellationAttribute";

    /// <summary>A type's namespace and metadata name, <c>System.Threading.Tasks.Task`1</c>; a nested type's is that of its innermost name.</summary>
    public static string FullName(this ITypeSymbol type)
    {
        var definition = type.OriginalDefinition;
        return definition.ContainingNamespace is { IsGlobalNamespace: false } space
            ? $"{space.ToDisplayString()}.{definition.MetadataName}"
            : definition.MetadataName;
    }

    public static bool Is(this ITypeSymbol? type, string fullName) =>
        type is { ContainingType: null } && type.FullName() == fullName;

    public static AttributeData? Attribute(this ISymbol symbol, string fullName) =>
        symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass.Is(fullName));

    /// <summary>Whether a tool wrote it.</summary>
    public static bool IsGenerated(this ISymbol symbol) => symbol.Attribute("System.CodeDom.Compiler.GeneratedCodeAttribute") is not null;
}
