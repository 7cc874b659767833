using System.Runtime.InteropServices;

namespace Connections.NetSnmp.Worker.Binding;

/// <summary>
/// Whether the library in use is the one that the structures were written down from. A wrong offset would send secrets to the wrong place, so that
/// anything that looks different is refused: the version, the sizes, and where the library itself writes what it says it writes.
/// </summary>
internal static unsafe class LayoutCheck
{
    internal const string KnownVersion = "5.9";

    private const byte Untouched = 0xA5;

    // What malloc gives beyond what it was asked for, on 64-bit Linux.
    private const int LargestSurplus = 32;
    private const int RoomForSession = 2 * SessionStructure.Length;

    /// <exception cref="NetSnmpUnavailableException">It is built otherwise.</exception>
    internal static void Demand(NetSnmpLibrary library)
    {
        var version = Marshal.PtrToStringUTF8((nint)library.GetVersion()) ?? "";
        DemandThat(sizeof(nint) == 8 && OperatingSystem.IsLinux(), version, "this process is not a 64-bit one on Linux");
        CheckSession(library, version);
        CheckPdu(library, version);
    }

    /// <exception cref="NetSnmpUnavailableException">It is another version.</exception>
    internal static void Demand(string version) => DemandThat(
        version == KnownVersion || version.StartsWith(KnownVersion + ".", StringComparison.Ordinal), version, $"only {KnownVersion} is known to this binding");

    // What snmp_sess_init says of each field in net-snmp/session_api.h, and that it touches 488 octets and no more.
    private static void CheckSession(NetSnmpLibrary library, string version)
    {
        var memory = stackalloc byte[RoomForSession];
        new Span<byte>(memory, RoomForSession).Fill(Untouched);
        var session = (SessionStructure*)memory;
        library.InitializeSession(session);
        DemandThat(
            !new Span<byte>(memory, SessionStructure.Length).Contains(Untouched)
                && !new Span<byte>(memory + SessionStructure.Length, RoomForSession - SessionStructure.Length).ContainsAnyExcept(Untouched),
            version, "its session has another size");
        DemandThat(
            session->Version == -1 && session->Retries == -1 && session->Timeout == -1 && session->SecurityModel == -1
                && session->ReceivedMessageLimit == int.MaxValue && session->PeerName is null,
            version, "the fields of its session lie elsewhere");
    }

    private static void CheckPdu(NetSnmpLibrary library, string version)
    {
        const int command = 0xA0;
        var name = stackalloc nuint[] { 1, 3, 6, 1, 4, 1, 32473 };
        var value = 77;
        var pdu = library.CreatePdu(command);
        var variable = library.AddVariable(pdu, name, 7, 0x02, &value, sizeof(int));
        var isPduRight = pdu->Version == -1 && pdu->Command == command && pdu->ErrorStatus == -1 && pdu->ErrorIndex == -1 && pdu->SecurityModel == -1
            && pdu->Variables == variable;
        var memory = (byte*)variable;
        var isVariableRight = variable is not null && variable->Next is null && variable->NameLength == 7 && variable->Type == 0x02
            && (byte*)variable->Name == memory + VariableStructure.NameAt && variable->Name[6] == 32473
            && variable->Value == memory + VariableStructure.ValueAt && *(nint*)variable->Value == value && variable->ValueLength == (nuint)sizeof(nint)
            && Libc.UsableSize(variable) is >= VariableStructure.Length and < VariableStructure.Length + LargestSurplus;
        library.FreePdu(pdu);
        DemandThat(isPduRight, version, "the fields of its PDU lie elsewhere");
        DemandThat(isVariableRight, version, "its varbind has another size, or its fields lie elsewhere");
    }

    private static void DemandThat(bool condition, string version, string problem)
    {
        if (!condition)
        {
            throw new NetSnmpUnavailableException(
                $"The Net-SNMP library that was found is version {version}, which cannot be used: {problem}. Install the one that your distribution has of "
                + $"{KnownVersion} ({NetSnmpLibrary.HowToInstall}); or leave out 'backend: netsnmp', and the managed engine is used.");
        }
    }
}
