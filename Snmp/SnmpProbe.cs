using Connections.Pooling;
using Connections.Snmp.Protocol;

namespace Connections.Snmp;

/// <summary>What a connection asks its agent while it is made, by whatever means it asks.</summary>
internal static class SnmpProbe
{
    /// <summary>What any agent has an answer to, an error too.</summary>
    internal static readonly Oid SysUpTime = Oid.Parse("1.3.6.1.2.1.1.3.0");

    /// <exception cref="ConnectFailedException">The agent does not answer.</exception>
    internal static async Task<SnmpResponse> AskAsync(
        ConnectionSettings settings, Func<SnmpRequest, ValueTask<SnmpResponse>> send, Oid instance)
    {
        try
        {
            return await send(SnmpRequest.Get(instance)).ConfigureAwait(false);
        }
        catch (SnmpTimeoutException error)
        {
            throw new ConnectFailedException(
                $"Connection '{settings.Alias}' of device '{settings.DeviceName}' cannot be made: {error.Message} "
                + "The argument verify: false connects without asking.", error)
            {
                Alias = settings.Alias,
                Device = settings.DeviceName,
            };
        }
    }

    /// <summary>The profile of the kind of device that an answer to <see cref="DeviceProfiles.SysObjectId"/> tells.</summary>
    internal static DeviceProfile ProfileFor(SnmpResponse answer) =>
        answer.VarBinds is [{ Value: { Type: SnmpType.ObjectIdentifier } kind }, ..] ? DeviceProfiles.Find(kind.ToOid()) : DeviceProfile.Standard;
}
