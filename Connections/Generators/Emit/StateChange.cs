using Microsoft.CodeAnalysis;

namespace Connections.Generators.Emit;

/// <summary>Tells which methods are marked [ChangesState].</summary>
internal static class StateChange
{
    /// <summary>Whether a method, or one that it overrides, is marked: an override inherits the attribute.</summary>
    public static bool ChangesState(this IMethodSymbol method)
    {
        for (var declared = method; declared is not null; declared = declared.OverriddenMethod)
        {
            if (declared.Attribute(KnownTypes.ChangesStateAttribute) is not null)
            {
                return true;
            }
        }

        return false;
    }
}
