using System.Globalization;
using Connections.Generators.Emit;

namespace Connections.Generators.Locking;

/// <summary>The pieces that the bodies of all locked methods have in common, as text.</summary>
internal static class LockedText
{
    public const string NoTimeout = "global::System.Threading.Timeout.InfiniteTimeSpan";
    public const string NoToken = $"global::{KnownTypes.CancellationToken}.None";

    /// <summary>How long the method waits for the lock.</summary>
    public static string Timeout(this LockedMethod method) => method.TimeoutMs < 0
        ? NoTimeout
        : string.Format(CultureInfo.InvariantCulture, "global::System.TimeSpan.FromMilliseconds({0})", method.TimeoutMs);

    /// <summary>The call of Core, with the method's own arguments.</summary>
    public static string CoreCall(this LockedMethod method)
    {
        var arguments = string.Join(", ", method.Parameters.Select(parameter => parameter.Argument));
        return $"this.{CSharpText.Identifier(method.CoreName)}{method.TypeParameterList()}({arguments})";
    }

    public static string TypeParameterList(this LockedMethod method) =>
        CSharpText.TypeParameterList(method.TypeParameters.Select(parameter => parameter.Name));

    /// <summary>A name for a local that no parameter and no type parameter of the method bears.</summary>
    public static string Local(this LockedMethod method, string name)
    {
        while (method.Parameters.Any(parameter => parameter.Name == name) || method.TypeParameters.Any(parameter => parameter.Name == name))
        {
            name += "_";
        }

        return name;
    }
}
