using System.Runtime.InteropServices;

namespace Connections.NetSnmp.Worker.Binding;

/// <summary>The library's <c>struct snmp_session</c> of version 5.9 on 64-bit Linux. <see cref="LayoutCheck"/> compares it with the library in use.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
internal unsafe struct SessionStructure
{
    internal const int Length = 488;
    internal const int LongestKey = 64;

    [FieldOffset(0)]
    internal nint Version;

    [FieldOffset(8)]
    internal int Retries;

    // In microseconds.
    [FieldOffset(16)]
    internal nint Timeout;

    [FieldOffset(24)]
    internal nuint Flags;

    [FieldOffset(48)]
    internal byte* PeerName;

    [FieldOffset(64)]
    internal byte* LocalName;

    [FieldOffset(104)]
    internal int SystemError;

    [FieldOffset(108)]
    internal int SnmpError;

    [FieldOffset(120)]
    internal byte* Community;

    [FieldOffset(128)]
    internal nuint CommunityLength;

    [FieldOffset(136)]
    internal nuint ReceivedMessageLimit;

    [FieldOffset(160)]
    internal byte* ContextEngineId;

    [FieldOffset(168)]
    internal nuint ContextEngineIdLength;

    [FieldOffset(184)]
    internal byte* ContextName;

    [FieldOffset(192)]
    internal nuint ContextNameLength;

    [FieldOffset(200)]
    internal byte* SecurityEngineId;

    [FieldOffset(208)]
    internal nuint SecurityEngineIdLength;

    [FieldOffset(216)]
    internal byte* SecurityName;

    [FieldOffset(224)]
    internal nuint SecurityNameLength;

    [FieldOffset(232)]
    internal nuint* AuthenticationProtocol;

    [FieldOffset(240)]
    internal nuint AuthenticationProtocolLength;

    [FieldOffset(248)]
    internal fixed byte AuthenticationKey[LongestKey];

    [FieldOffset(312)]
    internal nuint AuthenticationKeyLength;

    [FieldOffset(320)]
    internal byte* LocalizedAuthenticationKey;

    [FieldOffset(328)]
    internal nuint LocalizedAuthenticationKeyLength;

    [FieldOffset(336)]
    internal nuint* PrivacyProtocol;

    [FieldOffset(344)]
    internal nuint PrivacyProtocolLength;

    [FieldOffset(352)]
    internal fixed byte PrivacyKey[LongestKey];

    [FieldOffset(416)]
    internal nuint PrivacyKeyLength;

    [FieldOffset(424)]
    internal byte* LocalizedPrivacyKey;

    [FieldOffset(432)]
    internal nuint LocalizedPrivacyKeyLength;

    [FieldOffset(440)]
    internal int SecurityModel;

    [FieldOffset(444)]
    internal int SecurityLevel;
}
