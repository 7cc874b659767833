using System.Security.Cryptography;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp;

/// <summary>
/// An agent of SNMPv3 does not accept the user, or what the user's messages are protected with; each reason has a type of its own. The agent
/// told it at once by a Report (RFC 3414 section 3.2). Reports that refuse a user are not signed, so that somebody on the way can forge them.
/// </summary>
public class SnmpAuthenticationException : SnmpException
{
    private protected SnmpAuthenticationException(SnmpTarget target, string problem, Exception? innerException = null)
        : base($"{target}: {problem}", innerException)
    {
        Device = target.Device;
        Alias = target.Alias;
        User = target.Options.User!.Name;
    }

    /// <summary>The name of the user in question.</summary>
    public string User { get; }

    /// <summary>What a Report means to the caller; not always a matter of authentication.</summary>
    internal static SnmpException From(SnmpTarget target, UsmOutcome outcome) => outcome switch
    {
        UsmOutcome.WrongDigest => new SnmpWrongDigestException(target),
        UsmOutcome.UnknownUserName => new SnmpUnknownUserException(target),
        UsmOutcome.NotInTimeWindow => new SnmpNotInTimeWindowException(target),
        UsmOutcome.UnsupportedSecurityLevel => new SnmpUnsupportedSecurityLevelException(target),
        UsmOutcome.DecryptionError => new SnmpDecryptionException(target),
        UsmOutcome.UnknownEngineId => new SnmpUnknownEngineException(target),
        UsmOutcome.UnknownContext => new SnmpUnknownContextException(target, isKnown: false),
        UsmOutcome.UnavailableContext => new SnmpUnknownContextException(target, isKnown: true),
        _ => new SnmpException($"{target}: the agent refused the request of user '{target.Options.User!.Name}' with a Report that says nothing of the user; "
            + "it may not support SNMPv3 with USM, or the request.")
        {
            Device = target.Device,
            Alias = target.Alias,
        },
    };

    internal static SnmpAuthenticationException ForKeys(SnmpTarget target, CryptographicException error) => new(
        target,
        $"this machine cannot make the keys of user {target.Options.User}: {error.Message.TrimEnd('.')}. Its policy may forbid the protocols; use stronger ones.",
        error);
}
