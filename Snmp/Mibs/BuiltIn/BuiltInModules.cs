using System.Collections.Immutable;
using Connections.Snmp.Mibs.Parsing;

namespace Connections.Snmp.Mibs.BuiltIn;

/// <summary>
/// The modules whose names are built in. They are facts, names and numbers, types, labels and indexes, in a notation of their own (see <see cref="NotationReader"/>), which is read
/// when the first name is asked for.
/// </summary>
internal static class BuiltInModules
{
    private const string Folder = "Mibs/";

    private static readonly Lazy<ImmutableArray<ParsedModule>> Modules = new(Read);

    /// <summary>The modules: the roots of the tree, then those of SMIv2, then those of SMIv1.</summary>
    internal static ImmutableArray<ParsedModule> All => Modules.Value;

    /// <summary>The roots of the tree, and nothing else.</summary>
    internal static ImmutableArray<ParsedModule> RootsAlone { get; } = [Roots()];

    private static ImmutableArray<ParsedModule> Read()
    {
        var assembly = typeof(BuiltInModules).Assembly;
        var names = assembly.GetManifestResourceNames().Where(static name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        var modules = names.Select(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return NotationReader.Read(reader);
        });
        return [.. RootsAlone, .. modules.OrderBy(static module => module.IsVersion2 ? 0 : 1)];
    }

    // ASN.1 itself names them (ITU-T X.660), so they belong to no module.
    private static ParsedModule Roots()
    {
        (string Name, uint Arc)[] roots = [("ccitt", 0), ("iso", 1), ("joint-iso-ccitt", 2)];
        return new ParsedModule(
            "", null, 0, [.. roots.Select(static root => new ParsedDefinition(root.Name, ParsedKind.Identifier, 0) { Oid = [new ParsedOidPart(null, root.Arc)] })], [])
        {
            IsVersion2 = true,
        };
    }
}
