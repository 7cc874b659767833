using System.Runtime.CompilerServices;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Notifications;

/// <summary>
/// Sends traps of SNMPv1, SNMPv2c and SNMPv3 and informs of SNMPv2c and SNMPv3 (RFC 3413 section 3.3) to any number of receivers: the version, community or user, and source address
/// are those of the <see cref="SnmpTarget"/>, whose port is usually 162. Thread-safe.
/// </summary>
/// <remarks>
/// <para>A notification begins with sysUpTime.0 and snmpTrapOID.0, which the sender puts in front: sysUpTime is the time since the process was started, unless the first varbind given is a
/// sysUpTime.0. A trap of SNMPv1 is made of that by RFC 3584 section 3.2: its enterprise and agent address are those of snmpTrapEnterprise.0 and snmpTrapAddress.0, if they are among the
/// varbinds, or else follow from the trap's OID and from the address that it leaves from.</para>
/// <para>For a trap of SNMPv3 the sender's own engine is authoritative, so that the user's <see cref="SnmpUser.EngineId"/> is not looked at; for an inform the receiver's is, which is
/// discovered unless the user says it.</para>
/// </remarks>
public sealed partial class SnmpNotificationSender : IDisposable
{
    private readonly SnmpNotificationSenderOptions _options;
    private readonly SnmpEngineIdentity _identity;
    private readonly UpTime _upTime;
    private readonly ConditionalWeakTable<SnmpTarget, SnmpTarget> _informTargets = [];

    /// <summary>Makes a sender. Sockets come with the first trap.</summary>
    /// <param name="options">How it works; the defaults if null.</param>
    public SnmpNotificationSender(SnmpNotificationSenderOptions? options = null)
    {
        _options = options ?? new SnmpNotificationSenderOptions();
        ArgumentNullException.ThrowIfNull(_options.TimeProvider, nameof(options));
        _identity = _options.Identity ?? SnmpEngineIdentity.CreateTransient(_options.TimeProvider);
        _upTime = new UpTime(_options.TimeProvider);
        _messageId = Random.Shared.Next();
    }

    /// <summary>The engine ID of the sender's traps of SNMPv3.</summary>
    public SnmpEngineId EngineId => _identity.EngineId;

    /// <summary>Sends an inform, again and again as the target's options say, until it is acknowledged.</summary>
    /// <param name="target">The receiver.</param>
    /// <param name="trapOid">What happened: the value of snmpTrapOID.0.</param>
    /// <param name="varBinds">What else there is to tell.</param>
    /// <param name="cancellationToken">Ends the wait at any moment; the inform may have arrived.</param>
    /// <exception cref="SnmpTimeoutException">It was not acknowledged in time; it may have arrived all the same.</exception>
    /// <exception cref="SnmpErrorStatusException">The receiver answered with an error.</exception>
    /// <exception cref="SnmpAuthenticationException">The receiver does not accept the user.</exception>
    /// <exception cref="SnmpException">The target's version is SNMPv1, which has no informs, or the inform is too large.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask InformAsync(
        SnmpTarget target, Oid trapOid, IReadOnlyList<VarBind>? varBinds = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (target.Version == SnmpVersion.V1)
        {
            throw Failed(target, "SNMPv1 has no informs; send a trap, or use version 2c or 3");
        }

        var request = SnmpRequest.Inform(Compose(trapOid, varBinds));
        var engine = _options.Engine ?? SnmpEngine.Shared;
        var response = await engine.SendAsync(InformTargetOf(target), request, cancellationToken).ConfigureAwait(false);
        response.ThrowIfError();
    }

    private static SnmpException Failed(SnmpTarget target, string reason) => new($"{target}: {reason}.")
    {
        Device = target.Device,
        Alias = target.Alias,
    };

    private VarBind[] Compose(in Oid trapOid, IReadOnlyList<VarBind>? varBinds)
    {
        var rest = varBinds ?? [];
        var isTimeGiven = rest.Count > 0 && rest[0].Oid == TrapMapping.SysUpTime;
        return
        [
            isTimeGiven ? rest[0] : new VarBind(TrapMapping.SysUpTime, SnmpValue.TimeTicks(_upTime.Hundredths)),
            new VarBind(TrapMapping.SnmpTrapOid, SnmpValue.ObjectIdentifier(trapOid)),
            .. isTimeGiven ? rest.Skip(1) : rest,
        ];
    }

    // What an inform tells is of the sender's engine (RFC 3413 section 3.3), while a request asks that of the receiver.
    private SnmpTarget InformTargetOf(SnmpTarget target) => target.Options.User is { ContextEngineId.IsEmpty: true }
        ? _informTargets.GetValue(target, WithOwnContext)
        : target;

    private SnmpTarget WithOwnContext(SnmpTarget target)
    {
        var user = target.Options.User! with { ContextEngineId = _identity.EngineId };
        return new SnmpTarget(target.EndPoint, target.Options with { User = user }, target.Device, target.Alias);
    }
}
