using System.Collections.Immutable;
using System.Diagnostics;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Mibs;

/// <summary>A named place in the tree of names, with what its module says of it. Immutable once its tree is published; thread-safe.</summary>
[DebuggerDisplay("{QualifiedName,nq} = {Oid}")]
public sealed class MibNode
{
    internal MibNode(Oid oid, string name, string module, MibNodeKind kind)
    {
        Oid = oid;
        Name = name;
        Module = module;
        Kind = kind;
    }

    /// <summary>Where the node stands.</summary>
    public Oid Oid { get; }

    /// <summary>The name (descriptor), such as <c>ifDescr</c>.</summary>
    public string Name { get; }

    /// <summary>The name of the module that defines it, such as <c>IF-MIB</c>; empty for the roots, which ASN.1 itself names.</summary>
    public string Module { get; }

    /// <summary>What the node is.</summary>
    public MibNodeKind Kind { get; }

    /// <summary>Module and name, such as <c>IF-MIB::ifDescr</c>; the name alone for the roots.</summary>
    public string QualifiedName => field ??= Module.Length > 0 ? $"{Module}::{Name}" : Name;

    /// <summary>The nearest named node above; <see langword="null"/> for the roots.</summary>
    public MibNode? Parent { get; internal set; }

    /// <summary>The named nodes right below, in the order of their OIDs.</summary>
    public ImmutableArray<MibNode> Children { get; internal set; } = [];

    /// <summary>The syntax of a scalar or column; <see langword="null"/> for all else.</summary>
    public MibSyntax? Syntax { get; internal init; }

    /// <summary>What may be done with it.</summary>
    public MibAccess Access { get; internal init; }

    /// <summary>The STATUS as the module writes it, such as <c>current</c>; empty where it has none.</summary>
    public string Status { get; internal init; } = "";

    /// <summary>The UNITS, such as <c>octets</c>; <see langword="null"/> where there are none.</summary>
    public string? Units { get; internal init; }

    /// <summary>The DEFVAL as the module writes it between its braces; <see langword="null"/> where there is none.</summary>
    public string? DefaultValue { get; internal init; }

    /// <summary>The line of its definition in the module's file, from 1; 0 for the built-in names.</summary>
    public int Line { get; internal init; }

    /// <summary>The DESCRIPTION; <see langword="null"/> for the built-in names and where the module has none.</summary>
    public string? Description { get; internal init; }

    /// <summary>The parts of the index of a row, and so of its table's columns; that of the augmented row where this one augments another. Empty for all else.</summary>
    public ImmutableArray<MibIndexColumn> Index { get; internal set; } = [];

    /// <summary>The objects that a notification or group lists, in order, as far as they are known.</summary>
    public ImmutableArray<MibNode> Objects { get; internal set; } = [];

    /// <inheritdoc/>
    public override string ToString() => QualifiedName;
}
