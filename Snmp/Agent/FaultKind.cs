namespace Connections.Snmp.Agent;

/// <summary>What a simulated device may be told to do wrong; <see cref="SimulatedDevice.CountOf"/> tells how often it did.</summary>
public enum FaultKind
{
    /// <summary>A request was lost on its way to the device, which did nothing (<see cref="SimulatedDevice.Loss"/>).</summary>
    RequestLoss,

    /// <summary>The device did what was asked, and its answer was lost (<see cref="DeviceFaults.ReplyLoss"/>).</summary>
    ReplyLoss,

    /// <summary>An answer was sent twice (<see cref="DeviceFaults.Duplication"/>).</summary>
    Duplication,

    /// <summary>An answer was held back, so that later ones may overtake it (<see cref="DeviceFaults.Reordering"/>).</summary>
    Reordering,

    /// <summary>Random octets left in place of an answer (<see cref="DeviceFaults.Garbage"/>).</summary>
    Garbage,

    /// <summary>An answer bore a request-id that was not asked (<see cref="DeviceFaults.WrongRequestId"/>).</summary>
    WrongRequestId,

    /// <summary>A request was refused with tooBig (<see cref="DeviceFaults.TooBig"/>, <see cref="DeviceFaults.TooBigAbove"/>).</summary>
    TooBig,

    /// <summary>The last octets of an answer were missing (<see cref="DeviceFaults.Truncation"/>).</summary>
    Truncation,

    /// <summary>A GETBULK was answered with fewer varbinds than fit (<see cref="DeviceFaults.ShortPages"/>, <see cref="DeviceFaults.MaxVarBinds"/>).</summary>
    ShortPage,

    /// <summary>A GETNEXT or GETBULK went back to a name that does not follow (<see cref="DeviceFaults.Loop"/>).</summary>
    Loop,

    /// <summary>A datagram came while the device was silent (<see cref="SimulatedDevice.FallSilent"/>, <see cref="SimulatedDevice.Restart"/>).</summary>
    Silence,

    /// <summary>An answer of SNMPv3 bore a msgID that was not asked (<see cref="DeviceFaults.WrongMessageId"/>).</summary>
    WrongMessageId,

    /// <summary>An answer of SNMPv3 bore a signature that was not its own (<see cref="DeviceFaults.WrongDigest"/>).</summary>
    WrongDigest,

    /// <summary>An answer of SNMPv3 told a time that was past (<see cref="DeviceFaults.StaleTime"/>).</summary>
    StaleTime,

    /// <summary>A SET failed while it was done, and was undone (<see cref="DeviceFaults.CommitFailure"/>).</summary>
    CommitFailure,

    /// <summary>A SET failed while it was done, and could not be undone (<see cref="DeviceFaults.UndoFailure"/>).</summary>
    UndoFailure,
}
