using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection;

/// <summary>One request of a collection: whom to ask, and for what. Immutable.</summary>
/// <param name="Id">The request's own name, which its results bear; at most 1,024 octets in UTF-8.</param>
/// <param name="Target">The device, by a name or an address that the collector's clients are found by; at most 1,024 octets in UTF-8.</param>
/// <param name="Shape">What is asked for. Requests that ask for the same had better share one.</param>
public sealed record CollectRequest(string Id, string Target, CollectShape Shape)
{
    /// <summary>The name of the credentials to use; <see langword="null"/> for the target's own. Never the credentials themselves.</summary>
    public string? Credentials { get; init; }

    /// <summary>How it is carried out.</summary>
    public CollectRequestOptions Options { get; init; } = CollectRequestOptions.Default;

    /// <summary>A request for single instances.</summary>
    /// <exception cref="ArgumentException">There is no instance.</exception>
    public static CollectRequest Get(string id, string target, params IReadOnlyList<Oid> instances) =>
        new(id, target, new CollectShape(CollectKind.Get, instances));

    /// <summary>A request for everything under some roots.</summary>
    /// <exception cref="ArgumentException">There is no root, or one contains another.</exception>
    public static CollectRequest Walk(string id, string target, params IReadOnlyList<Oid> roots) =>
        new(id, target, new CollectShape(CollectKind.Walk, roots));

    /// <exception cref="ArgumentException">A name is missing or too long.</exception>
    internal void Validate()
    {
        BlockText.Measure(Id, nameof(Id));
        BlockText.Measure(Target, nameof(Target));
        ArgumentNullException.ThrowIfNull(Shape);
        ArgumentNullException.ThrowIfNull(Options);
        Options.Attempts?.Validate();
    }
}
