using Connections.Snmp.Agent.Security;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Agent;

internal sealed partial class Responder
{
    // Keeps the sign, so that the other number is as valid as the right one.
    private const int WrongBits = 0x00A5_5A00;

    private static void SpoilRequestId(SimulatedDevice device, ref SnmpMessageHeader header)
    {
        if (device.Dice.Happens(FaultKind.WrongRequestId, device.Faults.WrongRequestId))
        {
            header.RequestId ^= WrongBits;
        }
    }

    /// <summary>What may be wrong with an answer of SNMPv3 beyond what may be wrong with any: its msgID, and the time that it tells.</summary>
    private static void SpoilSecurity(SimulatedDevice device, DeviceSecurity security, ref SecuredMessage message)
    {
        if (device.Dice.Happens(FaultKind.WrongMessageId, device.Faults.WrongMessageId))
        {
            message.MessageId ^= WrongBits;
        }

        if (message.IsAuthenticated && device.Dice.Happens(FaultKind.StaleTime, device.Faults.StaleTime))
        {
            security.FallBehind();
        }
    }

    private static void SpoilSignature(SimulatedDevice device, Span<byte> answer, in SecuredLayout layout)
    {
        if (!answer.IsEmpty && layout.MacLength > 0 && device.Dice.Happens(FaultKind.WrongDigest, device.Faults.WrongDigest))
        {
            answer[layout.MacOffset + device.Dice.Next(FaultKind.WrongDigest, layout.MacLength)] ^= 0xFF;
        }
    }

    private static bool RefusesAsTooBig(in Exchange exchange) =>
        IsTooMany(exchange, exchange.Asked.Length) || exchange.Device.Dice.Happens(FaultKind.TooBig, exchange.Faults.TooBig);

    private static bool IsTooMany(in Exchange exchange, int varBinds)
    {
        var isTooMany = varBinds > exchange.Faults.TooBigAbove;
        if (isTooMany)
        {
            exchange.Device.Dice.Count(FaultKind.TooBig);
        }

        return isTooMany;
    }

    /// <summary>Sets how many varbinds a GETBULK may answer, of those that it asked for.</summary>
    private static void LimitPage(ref Exchange exchange, long asked)
    {
        var most = (long)(exchange.Faults.MaxVarBinds ?? int.MaxValue);
        var dice = exchange.Device.Dice;
        if (asked > 1 && dice.IsDue(FaultKind.ShortPage, exchange.Faults.ShortPages))
        {
            most = Math.Min(most, 1 + dice.Next(FaultKind.ShortPage, (int)Math.Min(asked - 1, int.MaxValue)));
        }

        exchange.LimitTo((int)most);
    }

    /// <summary>Does to a complete answer what may happen to it on its way.</summary>
    /// <returns>The length that is left of it; 0 where it is lost.</returns>
    private static int Spoil(FaultDice dice, DeviceFaults faults, Span<byte> answer)
    {
        if (answer.IsEmpty || dice.Happens(FaultKind.ReplyLoss, faults.ReplyLoss))
        {
            return 0;
        }

        if (dice.Happens(FaultKind.Garbage, faults.Garbage))
        {
            dice.Fill(FaultKind.Garbage, answer);
        }

        return dice.Happens(FaultKind.Truncation, faults.Truncation)
            ? 1 + dice.Next(FaultKind.Truncation, answer.Length - 1)
            : answer.Length;
    }
}
