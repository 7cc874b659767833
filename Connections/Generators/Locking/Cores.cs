using System.Collections.Immutable;
using Connections.Generators.Emit;
using Microsoft.CodeAnalysis;

namespace Connections.Generators.Locking;

/// <summary>Tells which methods run while their object's lock is held.</summary>
internal static class Cores
{
    private const string BaseConnection = "Connections.BaseConnection";

    private static readonly ImmutableHashSet<string> CalledWithLockHeld = ["OpenAsync", "CloseAsync", "ResetAsync", "CheckHealthAsync"];

    /// <summary>The [Locked] method whose Core a method of some type is, if it is one.</summary>
    public static IMethodSymbol? LockedMethodOf(IMethodSymbol core, INamedTypeSymbol type)
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

    /// <summary>Whether a member is called with the lock held: a Core, or what a connection's base class calls so.</summary>
    public static bool RunsLocked(ISymbol caller) =>
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
