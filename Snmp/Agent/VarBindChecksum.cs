using Connections.Snmp.Protocol;

namespace Connections.Snmp.Agent;

/// <summary>
/// A checksum over varbinds in any order, the same in every process: made of what an agent has and of what a manager got, it tells whether anything was lost, came twice
/// or was changed on the way. Not a protection from intent.
/// </summary>
/// <param name="Count">How many varbinds there were.</param>
/// <param name="Sum">The sum of their hashes.</param>
public readonly record struct VarBindChecksum(long Count, ulong Sum)
{
    private const ulong Basis = 0xCBF29CE484222325;
    private const ulong Prime = 0x100000001B3;

    /// <summary>The checksum of several varbinds.</summary>
    /// <param name="varBinds">The varbinds.</param>
    public static VarBindChecksum Of(IEnumerable<VarBind> varBinds)
    {
        ArgumentNullException.ThrowIfNull(varBinds);
        var checksum = default(VarBindChecksum);
        foreach (var varBind in varBinds)
        {
            checksum = checksum.With(varBind);
        }

        return checksum;
    }

    /// <summary>The checksum with one varbind more.</summary>
    /// <param name="varBind">The varbind.</param>
    public VarBindChecksum With(in VarBind varBind) => new(Count + 1, unchecked(Sum + Hash(varBind)));

    // FNV-1a over name, type and content, and a last mixing, since sums of plain FNV values keep patterns.
    private static ulong Hash(in VarBind varBind)
    {
        var hash = Add(Basis, EncodedOid.OnTheWire(varBind.Oid));
        hash = Add(hash, [(byte)varBind.Value.Type]);
        hash = unchecked((hash ^ varBind.Value.Number) * Prime);
        return new SeededRandom(Add(hash, varBind.Value.Octets)).Next();
    }

    private static ulong Add(ulong hash, ReadOnlySpan<byte> octets)
    {
        foreach (var octet in octets)
        {
            hash = unchecked((hash ^ octet) * Prime);
        }

        return hash;
    }
}
