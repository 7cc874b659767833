using Connections.Snmp.Engine;

namespace Connections.Snmp;

/// <summary>How a device departs from the standards, as data. Immutable; the default is a device that keeps to them.</summary>
public sealed record DeviceProfile
{
    /// <summary>A device that keeps to the standards.</summary>
    public static DeviceProfile Standard { get; } = new();

    /// <summary>The device keeps 16 bits of a request-id; it is given none that is larger. At most 2,048 such requests are in flight at once on an engine.</summary>
    public bool Uses16BitRequestIds { get; init; }

    /// <summary>
    /// The device answers from another address or port than it was asked at. Then any sender is believed that knows the request-id and the
    /// community.
    /// </summary>
    public bool AnswersFromOtherAddress { get; init; }

    /// <summary>The device has no GETBULK although it speaks SNMPv2c: walks use GETNEXT.</summary>
    public bool LacksGetBulk { get; init; }

    /// <summary>The device's OIDs do not always increase; its walks go on all the same, until they run in a circle.</summary>
    public bool ToleratesNonIncreasing { get; init; }

    /// <summary>The largest message that the device takes and sends, in octets: 484 to 65,507. GETs are split to that, and pages aimed at no more.</summary>
    public int MaxMessageSize { get; init; } = LargestMessage;

    internal const int LargestMessage = 65_507;

    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxMessageSize, ReplySizing.Least);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxMessageSize, LargestMessage);
    }
}
