using System.Net;
using System.Text;

namespace Connections.Snmp.Protocol;

public readonly partial struct SnmpValue
{
    private const int IPv4Length = 4;

    /// <summary>The octets of an OCTET STRING, an IpAddress or an Opaque, as they travelled.</summary>
    /// <exception cref="InvalidOperationException">The value has another type; the message names it.</exception>
    public ReadOnlySpan<byte> Bytes =>
        _type is SnmpType.OctetString or SnmpType.IpAddress or SnmpType.Opaque ? _octets : throw Mismatch("octets");

    /// <summary>The number of an Integer32, Counter32, Gauge32, TimeTicks (hundredths of a second) or Counter64.</summary>
    /// <returns>The number.</returns>
    /// <exception cref="InvalidOperationException">The value has another type; the message names it.</exception>
    /// <exception cref="OverflowException">A Counter64 above 9223372036854775807; <see cref="ToUInt64"/> holds it.</exception>
    public long ToInt64()
    {
        ThrowUnlessNumber();
        return _type == SnmpType.Counter64 && _number > long.MaxValue
            ? throw new OverflowException($"The Counter64 {_number} does not fit a signed 64-bit integer; read it with ToUInt64.")
            : (long)_number;
    }

    /// <summary>The number of a Counter32, Gauge32, TimeTicks (hundredths of a second), Counter64, or Integer32 that is not negative.</summary>
    /// <returns>The number.</returns>
    /// <exception cref="InvalidOperationException">The value has another type; the message names it.</exception>
    /// <exception cref="OverflowException">A negative Integer32; <see cref="ToInt64"/> holds it.</exception>
    public ulong ToUInt64()
    {
        ThrowUnlessNumber();
        return _type == SnmpType.Integer32 && (long)_number < 0
            ? throw new OverflowException($"The Integer32 {(long)_number} is negative; read it with ToInt64.")
            : _number;
    }

    /// <summary>The number of any numeric type, or of an Opaque that holds a floating-point number.</summary>
    /// <returns>The number; a large Counter64 is rounded.</returns>
    /// <exception cref="InvalidOperationException">The value has another type; the message names it.</exception>
    public double ToDouble() => _type switch
    {
        SnmpType.Opaque when OpaqueNumber.TryRead(Octets, out var number) => number,
        SnmpType.Opaque => throw new InvalidOperationException("The Opaque value holds no floating-point number; read its octets with Bytes."),
        SnmpType.Integer32 => (long)_number,
        _ => ToUInt64(),
    };

    /// <summary>The time span of a TimeTicks.</summary>
    /// <returns>The time, in steps of 10 ms.</returns>
    /// <exception cref="InvalidOperationException">The value has another type; the message names it.</exception>
    public TimeSpan ToTimeSpan() =>
        _type == SnmpType.TimeTicks ? TimeSpan.FromMilliseconds((long)_number * 10) : throw Mismatch("a time");

    /// <summary>The OID of an OBJECT IDENTIFIER.</summary>
    /// <returns>The OID.</returns>
    /// <exception cref="InvalidOperationException">The value has another type; the message names it.</exception>
    public Oid ToOid() => _type == SnmpType.ObjectIdentifier ? Oid.FromCanonical(_octets!) : throw Mismatch("an OID");

    /// <summary>The address of an IpAddress.</summary>
    /// <returns>The IPv4 address.</returns>
    /// <exception cref="InvalidOperationException">The value has another type, or the agent sent an IpAddress that is not of four octets;
    /// the message says which.</exception>
    public IPAddress ToIPAddress()
    {
        if (_type != SnmpType.IpAddress)
        {
            throw Mismatch("an address");
        }

        if (_octets!.Length != IPv4Length)
        {
            throw new InvalidOperationException($"The IpAddress has {_octets.Length} octets instead of four; read them with Bytes.");
        }

        return new IPAddress(_octets);
    }

    /// <summary>The text of an OCTET STRING, read as UTF-8; octets that are none become U+FFFD.</summary>
    /// <returns>The text.</returns>
    /// <exception cref="InvalidOperationException">The value has another type; the message names it.</exception>
    public string ToText() => _type == SnmpType.OctetString ? Encoding.UTF8.GetString(_octets!) : throw Mismatch("a text");

    private void ThrowUnlessNumber()
    {
        if (_type is not (SnmpType.Integer32 or SnmpType.Counter32 or SnmpType.Gauge32 or SnmpType.TimeTicks or SnmpType.Counter64))
        {
            throw Mismatch("an integer");
        }
    }

    private InvalidOperationException Mismatch(string wanted) => new(Type switch
    {
        SnmpType.Null => $"The value is not {wanted}: it is Null, as in a request that reads.",
        SnmpType.NoSuchObject => $"The value is not {wanted}: the agent answered noSuchObject, it has no such object. Check IsException first.",
        SnmpType.NoSuchInstance => $"The value is not {wanted}: the agent answered noSuchInstance, the object has no such instance. Check IsException first.",
        SnmpType.EndOfMibView => $"The value is not {wanted}: the agent answered endOfMibView, nothing follows. Check IsException first.",
        _ => $"The value is not {wanted}: its type is {Type}.",
    });
}
