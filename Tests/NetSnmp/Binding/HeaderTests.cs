using System.Globalization;
using System.Runtime.InteropServices;
using Connections.NetSnmp.Worker.Binding;

namespace Connections.NetSnmp.Tests.Binding;

/// <summary>The structures of the binding beside what a C compiler makes of the library's own headers.</summary>
internal sealed class HeaderTests
{
    // A field of ours, and the same in the headers.
    private static readonly (Type Structure, string Field, string Name)[] Fields =
    [
        (typeof(SessionStructure), "Version", "netsnmp_session, version"),
        (typeof(SessionStructure), "Retries", "netsnmp_session, retries"),
        (typeof(SessionStructure), "Timeout", "netsnmp_session, timeout"),
        (typeof(SessionStructure), "Flags", "netsnmp_session, flags"),
        (typeof(SessionStructure), "PeerName", "netsnmp_session, peername"),
        (typeof(SessionStructure), "LocalName", "netsnmp_session, localname"),
        (typeof(SessionStructure), "SystemError", "netsnmp_session, s_errno"),
        (typeof(SessionStructure), "SnmpError", "netsnmp_session, s_snmp_errno"),
        (typeof(SessionStructure), "Community", "netsnmp_session, community"),
        (typeof(SessionStructure), "CommunityLength", "netsnmp_session, community_len"),
        (typeof(SessionStructure), "ReceivedMessageLimit", "netsnmp_session, rcvMsgMaxSize"),
        (typeof(SessionStructure), "ContextEngineId", "netsnmp_session, contextEngineID"),
        (typeof(SessionStructure), "ContextEngineIdLength", "netsnmp_session, contextEngineIDLen"),
        (typeof(SessionStructure), "ContextName", "netsnmp_session, contextName"),
        (typeof(SessionStructure), "ContextNameLength", "netsnmp_session, contextNameLen"),
        (typeof(SessionStructure), "SecurityEngineId", "netsnmp_session, securityEngineID"),
        (typeof(SessionStructure), "SecurityEngineIdLength", "netsnmp_session, securityEngineIDLen"),
        (typeof(SessionStructure), "SecurityName", "netsnmp_session, securityName"),
        (typeof(SessionStructure), "SecurityNameLength", "netsnmp_session, securityNameLen"),
        (typeof(SessionStructure), "AuthenticationProtocol", "netsnmp_session, securityAuthProto"),
        (typeof(SessionStructure), "AuthenticationProtocolLength", "netsnmp_session, securityAuthProtoLen"),
        (typeof(SessionStructure), "AuthenticationKey", "netsnmp_session, securityAuthKey"),
        (typeof(SessionStructure), "AuthenticationKeyLength", "netsnmp_session, securityAuthKeyLen"),
        (typeof(SessionStructure), "LocalizedAuthenticationKey", "netsnmp_session, securityAuthLocalKey"),
        (typeof(SessionStructure), "LocalizedAuthenticationKeyLength", "netsnmp_session, securityAuthLocalKeyLen"),
        (typeof(SessionStructure), "PrivacyProtocol", "netsnmp_session, securityPrivProto"),
        (typeof(SessionStructure), "PrivacyProtocolLength", "netsnmp_session, securityPrivProtoLen"),
        (typeof(SessionStructure), "PrivacyKey", "netsnmp_session, securityPrivKey"),
        (typeof(SessionStructure), "PrivacyKeyLength", "netsnmp_session, securityPrivKeyLen"),
        (typeof(SessionStructure), "LocalizedPrivacyKey", "netsnmp_session, securityPrivLocalKey"),
        (typeof(SessionStructure), "LocalizedPrivacyKeyLength", "netsnmp_session, securityPrivLocalKeyLen"),
        (typeof(SessionStructure), "SecurityModel", "netsnmp_session, securityModel"),
        (typeof(SessionStructure), "SecurityLevel", "netsnmp_session, securityLevel"),
        (typeof(PduStructure), "Version", "netsnmp_pdu, version"),
        (typeof(PduStructure), "Command", "netsnmp_pdu, command"),
        (typeof(PduStructure), "RequestId", "netsnmp_pdu, reqid"),
        (typeof(PduStructure), "ErrorStatus", "netsnmp_pdu, errstat"),
        (typeof(PduStructure), "ErrorIndex", "netsnmp_pdu, errindex"),
        (typeof(PduStructure), "SecurityModel", "netsnmp_pdu, securityModel"),
        (typeof(PduStructure), "Variables", "netsnmp_pdu, variables"),
        (typeof(VariableStructure), "Next", "netsnmp_variable_list, next_variable"),
        (typeof(VariableStructure), "Name", "netsnmp_variable_list, name"),
        (typeof(VariableStructure), "NameLength", "netsnmp_variable_list, name_length"),
        (typeof(VariableStructure), "Type", "netsnmp_variable_list, type"),
        (typeof(VariableStructure), "Value", "netsnmp_variable_list, val"),
        (typeof(VariableStructure), "ValueLength", "netsnmp_variable_list, val_len"),
    ];

    // Whatever else the binding takes from the headers.
    private static readonly (long Ours, string Name)[] Numbers =
    [
        (SessionStructure.Length, "sizeof(netsnmp_session)"),
        (SessionStructure.LongestKey, "sizeof(((netsnmp_session *)0)->securityAuthKey)"),
        (VariableStructure.Length, "sizeof(netsnmp_variable_list)"),
        (VariableStructure.NameAt, "offsetof(netsnmp_variable_list, name_loc)"),
        (VariableStructure.ValueAt, "offsetof(netsnmp_variable_list, buf)"),
        (Marshal.SizeOf<Counter64Structure>(), "sizeof(struct counter64)"),
        (0, "offsetof(struct counter64, high)"),
        (8, "sizeof(oid)"),
        ((long)CallbackKind.ReceivedMessage, "NETSNMP_CALLBACK_OP_RECEIVED_MESSAGE"),
        ((long)CallbackKind.TimedOut, "NETSNMP_CALLBACK_OP_TIMED_OUT"),
        ((long)CallbackKind.SendFailed, "NETSNMP_CALLBACK_OP_SEND_FAILED"),
        ((long)CallbackKind.Connected, "NETSNMP_CALLBACK_OP_CONNECT"),
        ((long)CallbackKind.Disconnected, "NETSNMP_CALLBACK_OP_DISCONNECT"),
        ((long)CallbackKind.SentAgain, "NETSNMP_CALLBACK_OP_RESEND"),
        ((long)CallbackKind.SecurityError, "NETSNMP_CALLBACK_OP_SEC_ERROR"),
        (0, "NETSNMP_DS_LIBRARY_ID"),
        ((long)LibraryOption.DoNotReadConfiguration, "NETSNMP_DS_LIB_DONT_READ_CONFIGS"),
        ((long)LibraryOption.DoNotUseAlarmSignal, "NETSNMP_DS_LIB_ALARM_DONT_USE_SIG"),
        ((long)LibraryOption.Use16BitIds, "NETSNMP_DS_LIB_16BIT_IDS"),
        ((long)LibraryOption.DoNotKeepState, "NETSNMP_DS_LIB_DONT_PERSIST_STATE"),
        ((long)LibraryOption.DoNotLoadState, "NETSNMP_DS_LIB_DISABLE_PERSISTENT_LOAD"),
        ((long)LibraryOption.DoNotSaveState, "NETSNMP_DS_LIB_DISABLE_PERSISTENT_SAVE"),
        ((long)LibraryOption.DoNotLoadHostFiles, "NETSNMP_DS_LIB_DONT_LOAD_HOST_FILES"),
        (0x76, "ASN_OPAQUE_COUNTER64"),
        (0x78, "ASN_OPAQUE_FLOAT"),
        (0x79, "ASN_OPAQUE_DOUBLE"),
        (0x7A, "ASN_OPAQUE_I64"),
        (0x7B, "ASN_OPAQUE_U64"),
        (3, "SNMP_SEC_MODEL_USM"),
        (1, "SNMP_SEC_LEVEL_NOAUTH"),
        (2, "SNMP_SEC_LEVEL_AUTHNOPRIV"),
        (3, "SNMP_SEC_LEVEL_AUTHPRIV"),
    ];

    [Test]
    public async Task The_structures_lie_as_the_headers_of_the_library_say()
    {
        string[] names = [.. Fields.Select(static field => $"offsetof({field.Name})"), .. Numbers.Select(static number => number.Name)];
        using var compiler = new Compiler();
        var program = await compiler.MakeAsync("layout", Source(names));

        var theirs = (await Compiler.RunAsync(program)).Select(static line => long.Parse(line, CultureInfo.InvariantCulture)).ToArray();

        long[] ours = [.. Fields.Select(static field => (long)Marshal.OffsetOf(field.Structure, field.Field)), .. Numbers.Select(static number => number.Ours)];
        Assert.That(theirs, Has.Length.EqualTo(names.Length));
        Assert.Multiple(() =>
        {
            for (var i = 0; i < names.Length; i++)
            {
                Assert.That(ours[i], Is.EqualTo(theirs[i]), names[i]);
            }
        });
    }

    private static string Source(IEnumerable<string> names) => $$"""
        #include <net-snmp/net-snmp-config.h>
        #include <net-snmp/net-snmp-includes.h>
        #include <stddef.h>
        #include <stdio.h>
        int main(void) {
        {{string.Concat(names.Select(static name => $"printf(\"%ld\\n\", (long)({name}));\n"))}}
        return 0; }
        """;
}
