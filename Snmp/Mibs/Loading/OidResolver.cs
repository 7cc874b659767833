using Connections.Snmp.Mibs.Parsing;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Mibs.Loading;

/// <summary>Finds the OIDs of definitions, which are told by those of others.</summary>
internal sealed class OidResolver(SymbolTable symbols)
{
    // Each definition on the way adds an arc, unless it is hostile.
    private const int MaxDepth = 2 * Oid.MaxArcs;

    // RFC 3584, section 3.1: the generic traps of SNMPv1 stand under snmpTraps.
    private static readonly Oid Snmp = Oid.Parse("1.3.6.1.2.1.11");
    private static readonly Oid SnmpTraps = Oid.Parse("1.3.6.1.6.3.1.1.5");

    /// <summary>Finds the OID of a definition; where that cannot be, its module's log says why.</summary>
    /// <returns>Whether it has one.</returns>
    internal bool TryResolve(ModuleScope scope, ParsedDefinition definition, out Oid oid, int depth = 0)
    {
        ref var state = ref scope.States[definition.Ordinal];
        if (state == OidState.UnderWay || (state == OidState.Unknown && depth > MaxDepth))
        {
            scope.Log.Fail(definition.Line, $"The OID of '{definition.Name}' leads back to itself, or too deep.", "It was left out.");
            state = OidState.Unresolvable;
        }
        else if (state == OidState.Unknown)
        {
            state = OidState.UnderWay;
            var found = definition.Kind == ParsedKind.Trap ? OfTrap(scope, definition, depth) : Of(scope, definition, depth);
            scope.Oids[definition.Ordinal] = found ?? default;
            state = found is null || state == OidState.Unresolvable ? OidState.Unresolvable : OidState.Resolved;
        }

        oid = scope.Oids[definition.Ordinal];
        return state == OidState.Resolved;
    }

    private Oid? OfTrap(ModuleScope scope, ParsedDefinition definition, int depth)
    {
        if (definition.Enterprise is not { } enterprise)
        {
            scope.Log.Fail(definition.Line, $"The trap '{definition.Name}' has no ENTERPRISE.", "It was left out.");
            return null;
        }

        if (Named(scope, enterprise, definition, depth) is not { } above)
        {
            return null;
        }

        return above == Snmp && definition.TrapNumber < uint.MaxValue ? SnmpTraps.Append(definition.TrapNumber + 1) : Add(scope, definition, above, [0, definition.TrapNumber]);
    }

    private Oid? Of(ModuleScope scope, ParsedDefinition definition, int depth)
    {
        Oid? oid = null;
        foreach (var part in definition.Oid)
        {
            oid = oid is { } above ? Below(scope, definition, above, part, depth) : First(scope, definition, part, depth);
            if (oid is null)
            {
                return null;
            }
        }

        return oid;
    }

    private Oid? First(ModuleScope scope, ParsedDefinition definition, ParsedOidPart part, int depth) => part switch
    {
        // The roots have their numbers in every OID that begins with them, and modules seldom define them.
        { Name: { } name, Number: { } number } when symbols.FindDefinition(scope, name, definition.Line) is null => Add(scope, definition, default, [number]),
        { Name: { } name } => Named(scope, name, definition, depth),
        _ => Add(scope, definition, default, [part.Number ?? 0]),
    };

    private Oid? Named(ModuleScope scope, string name, ParsedDefinition definition, int depth)
    {
        if (symbols.FindDefinition(scope, name, definition.Line) is not { } found)
        {
            scope.Log.Fail(definition.Line, $"'{name}', under which '{definition.Name}' stands, is defined nowhere.", $"'{definition.Name}' was left out: load the module that defines '{name}'.");
            return null;
        }

        if (TryResolve(found.Scope, found.Definition, out var oid, depth + 1))
        {
            return oid;
        }

        scope.Log.Fail(definition.Line, $"'{name}', under which '{definition.Name}' stands, has no OID itself.", $"'{definition.Name}' was left out.");
        return null;
    }

    private Oid? Below(ModuleScope scope, ParsedDefinition definition, in Oid above, ParsedOidPart part, int depth)
    {
        if (part.Number is { } number)
        {
            var oid = Add(scope, definition, above, [number]);
            if (part.Name is { } passed && oid is { } place)
            {
                scope.Passed.Add((passed, place, definition.Line));
            }

            return oid;
        }

        var name = part.Name ?? "";
        if (symbols.FindDefinition(scope, name, definition.Line) is { } found
            && found.Definition != definition
            && TryResolve(found.Scope, found.Definition, out var named, depth + 1)
            && named.Parent == above)
        {
            return named;
        }

        scope.Log.Fail(definition.Line, $"'{name}' is no name below the one before it in the OID of '{definition.Name}'.", $"'{definition.Name}' was left out: write a number.");
        return null;
    }

    private static Oid? Add(ModuleScope scope, ParsedDefinition definition, in Oid above, ReadOnlySpan<uint> arcs)
    {
        Span<byte> octets = stackalloc byte[Oid.MaxEncodedLength];
        var writer = new OidArcWriter(octets);
        writer.Start(above);
        if (writer.Add(arcs) == OidFault.None)
        {
            return writer.ToOid();
        }

        scope.Log.Fail(definition.Line, $"The OID of '{definition.Name}' is none: it has more than {Oid.MaxArcs} arcs, or begins with numbers that no OID begins with.", "It was left out.");
        return null;
    }
}
