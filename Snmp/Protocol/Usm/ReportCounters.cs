namespace Connections.Snmp.Protocol.Usm;

/// <summary>The counters that Reports carry, and their names.</summary>
internal static class ReportCounters
{
    // Instances; some agents leave out the final 0.
    private static readonly Oid[] Names =
    [
        default,
        Oid.Parse("1.3.6.1.6.3.15.1.1.1.0"),
        Oid.Parse("1.3.6.1.6.3.15.1.1.2.0"),
        Oid.Parse("1.3.6.1.6.3.15.1.1.3.0"),
        Oid.Parse("1.3.6.1.6.3.15.1.1.4.0"),
        Oid.Parse("1.3.6.1.6.3.15.1.1.5.0"),
        Oid.Parse("1.3.6.1.6.3.15.1.1.6.0"),
        Oid.Parse("1.3.6.1.6.3.11.2.1.1.0"),
        Oid.Parse("1.3.6.1.6.3.11.2.1.2.0"),
        Oid.Parse("1.3.6.1.6.3.11.2.1.3.0"),
        Oid.Parse("1.3.6.1.6.3.12.1.4.0"),
        Oid.Parse("1.3.6.1.6.3.12.1.5.0"),
    ];

    /// <summary>The number of kinds.</summary>
    public static int Count => Names.Length;

    /// <summary>The OID of a kind other than <see cref="ReportKind.Other"/>.</summary>
    public static ref readonly Oid NameOf(ReportKind kind) => ref Names[(int)kind];

    /// <summary>What a Report says: its first varbind decides.</summary>
    public static ReportKind Identify(in SnmpMessageHeader report)
    {
        var reader = new VarBindReader(report.VarBinds);
        if (!reader.TryRead(out var varBind))
        {
            return ReportKind.Other;
        }

        for (var kind = 1; kind < Names.Length; kind++)
        {
            var name = Names[kind].Octets;
            if (varBind.Name.SequenceEqual(name) || varBind.Name.SequenceEqual(name[..^1]))
            {
                return (ReportKind)kind;
            }
        }

        return ReportKind.Other;
    }
}
