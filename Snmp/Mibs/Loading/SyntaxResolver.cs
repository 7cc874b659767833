using System.Collections.Immutable;
using Connections.Snmp.Mibs.Parsing;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Mibs.Loading;

/// <summary>Follows types down to the base types, and takes in what each of them says.</summary>
internal sealed class SyntaxResolver(SymbolTable symbols)
{
    private const int MaxDepth = 64;

    /// <summary>What a SYNTAX means; nothing for rows and tables, and where a type is unknown, which the module's log then says.</summary>
    internal MibSyntax? Resolve(ModuleScope scope, ParsedSyntax syntax, string owner, int depth = 0)
    {
        if (syntax.Shape != SyntaxShape.Value)
        {
            return null;
        }

        var named = BaseTypes.Find(syntax.TypeName) ?? OfType(scope, syntax, owner, depth);
        return named is null ? null : Refine(scope, named, syntax, owner);
    }

    /// <summary>What a type means.</summary>
    internal MibSyntax? Resolve(ModuleScope scope, ParsedType type, int depth = 0)
    {
        // What the SMI modules say of their own types is how these look in messages.
        if (BaseTypes.Find(type.Name) is { } known)
        {
            return scope.Types[type.Name] = known;
        }

        if (scope.Types.TryGetValue(type.Name, out var resolved))
        {
            return resolved;
        }

        scope.Types.Add(type.Name, null);
        if (depth > MaxDepth)
        {
            scope.Log.Fail(type.Syntax.Line, $"The type '{type.Name}' is nested too deep.", "It was left out.");
            return null;
        }

        var syntax = Resolve(scope, type.Syntax, type.Name, depth + 1);
        return scope.Types[type.Name] = syntax is null ? null : syntax with { TypeName = type.Name, DisplayHint = type.DisplayHint ?? syntax.DisplayHint };
    }

    private MibSyntax? OfType(ModuleScope scope, ParsedSyntax syntax, string owner, int depth)
    {
        if (symbols.FindType(scope, syntax.TypeName, syntax.Line) is { } found)
        {
            if (found.Type.Syntax.Shape != SyntaxShape.Value)
            {
                return null;
            }

            if (Resolve(found.Scope, found.Type, depth) is { } type)
            {
                return type;
            }

            scope.Log.Fail(syntax.Line, $"The type '{syntax.TypeName}' of '{owner}' leads back to itself, or to nothing.", "Values of it are shown as they come.");
            return null;
        }

        if (BaseTypes.Guess(syntax.TypeName) is { } guess)
        {
            scope.Log.Warn(syntax.Line, $"There is no type '{syntax.TypeName}'.", $"It was taken for {guess.TypeName}.");
            return guess;
        }

        scope.Log.Fail(syntax.Line, $"The type '{syntax.TypeName}' of '{owner}' is defined nowhere.", "Values of it are shown as they come: load the module that defines it.");
        return null;
    }

    private static MibSyntax Refine(ModuleScope scope, MibSyntax syntax, ParsedSyntax refinement, string owner)
    {
        if (!refinement.NamedNumbers.IsEmpty)
        {
            syntax = syntax with { NamedNumbers = Distinct(scope, refinement, owner) };
        }

        var (ranges, sizes) = (refinement.Ranges, refinement.Sizes);
        if (!ranges.IsEmpty && sizes.IsEmpty && syntax.Type is SnmpType.OctetString or SnmpType.Opaque)
        {
            if (!scope.Module.IsBuiltIn)
            {
                scope.Log.Warn(refinement.Line, $"'{owner}' has a range, but its values are octets.", "It was taken for their SIZE.");
            }

            (ranges, sizes) = ([], ranges);
        }

        if (!ranges.IsEmpty)
        {
            syntax = syntax with { Ranges = Bounded(ranges, BaseTypes.RangeOf(syntax.Type)) };
        }

        return sizes.IsEmpty ? syntax : syntax with { Sizes = SizesOf(sizes) };
    }

    private static ImmutableArray<MibNamedNumber> Distinct(ModuleScope scope, ParsedSyntax syntax, string owner)
    {
        var numbers = syntax.NamedNumbers.DistinctBy(static label => label.Number).OrderBy(static label => label.Number).ToImmutableArray();
        if (numbers.Length < syntax.NamedNumbers.Length)
        {
            scope.Log.Warn(syntax.Line, $"Labels of '{owner}' share a number.", "The first label of each number counts.");
        }

        return numbers;
    }

    private static ImmutableArray<MibRange> Bounded(ImmutableArray<MibRange> ranges, MibRange bounds) =>
        [.. ranges.Select(range => new MibRange(BoundOf(range.Least, bounds), BoundOf(range.Most, bounds)))];

    // No message holds more than 65535 octets, whatever a module says.
    private static ImmutableArray<MibRange> SizesOf(ImmutableArray<MibRange> sizes)
    {
        var bounds = BaseTypes.RangeOf(SnmpType.OctetString);
        return [.. sizes.Select(size => new MibRange(Math.Clamp(size.Least, bounds.Least, bounds.Most), Math.Clamp(size.Most, bounds.Least, bounds.Most)))];
    }

    private static decimal BoundOf(decimal value, MibRange bounds) => value switch
    {
        MibParser.Least => bounds.Least,
        MibParser.Most => bounds.Most,
        _ => value,
    };
}
