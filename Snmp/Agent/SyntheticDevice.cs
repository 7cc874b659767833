using System.Net;
using System.Text;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Agent;

/// <summary>
/// Makes the variables of a plausible small router: the system group, ifTable and ifXTable (RFC 2863), and ipAddrTable (RFC 4293).
/// The same name, seed and number of interfaces give the same device; its counters increase with its up time.
/// </summary>
public static class SyntheticDevice
{
    /// <summary>The greatest number of interfaces, each of which has a /24 network of its own in 10.0.0.0/8.</summary>
    public const int MaxInterfaces = 65_536;

    /// <summary>Makes a device's variables.</summary>
    /// <param name="name">The device's sysName, which sysDescr names too. At most 200 characters of ASCII.</param>
    /// <param name="seed">Chooses rates, starting values and addresses.</param>
    /// <param name="interfaces">How many rows ifTable, ifXTable and ipAddrTable have, from 0 to <see cref="MaxInterfaces"/>.</param>
    /// <exception cref="ArgumentException">The name is longer than 200 characters or not ASCII.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of interfaces is outside its range.</exception>
    public static MibData Create(string name, int seed, int interfaces = 4)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfNegative(interfaces);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(interfaces, MaxInterfaces);
        if (name.Length > 200 || !Ascii.IsValid(name))
        {
            throw new ArgumentException("A device's name is at most 200 characters of ASCII.", nameof(name));
        }

        var random = new SeededRandom((ulong)seed);
        var initialUpTime = TimeSpan.FromSeconds(random.Next(30 * 86_400));
        List<MibVariable> variables = [.. SystemVariables(name, interfaces, ref random)];
        variables.Add(new MibVariable(InterfaceRow.IfNumber, SnmpValue.Integer32(interfaces)));
        for (var index = 1; index <= interfaces; index++)
        {
            variables.AddRange(new InterfaceRow(index, (byte)seed, ref random).Variables());
        }

        return new MibData(variables) { InitialUpTime = initialUpTime };
    }

    private static MibVariable[] SystemVariables(string name, int interfaces, ref SeededRandom random)
    {
        MibVariable[] variables =
        [
            new(SystemGroup.SysDescr, SnmpValue.OctetString($"{name}: synthetic router, {interfaces} interfaces")),
            new(SystemGroup.SysObjectId, SnmpValue.ObjectIdentifier(new Oid(1, 3, 6, 1, 4, 1, 32473, 1, 1))),
            new(SystemGroup.SysUpTime, SystemGroup.UpTimeTicks),
            new(SystemGroup.SysContact, SnmpValue.OctetString("operator@example.net")),
            new(SystemGroup.SysName, SnmpValue.OctetString(name)),
            new(SystemGroup.SysLocation, SnmpValue.OctetString($"rack {1 + random.Next(40)}")),
            new(SystemGroup.SysServices, SnmpValue.Integer32(6)),
        ];
        return Array.ConvertAll(variables, SystemGroup.WithAccess);
    }
}
