using System.Runtime.InteropServices;

namespace Connections.NetSnmp.Worker.Binding;

/// <summary>
/// The functions of the system's <c>libnetsnmp</c> that are used. Nothing in it is safe in threads, and much of it belongs to the whole process: one
/// thread at a time calls it, in a process that does nothing else.
/// </summary>
internal sealed unsafe class NetSnmpLibrary
{
    /// <summary>The names under which Linux distributions have it, the surest first.</summary>
    internal static readonly string[] Names = ["libnetsnmp.so.40", "libnetsnmp.so"];

    /// <summary>What there is to do about a library that is missing.</summary>
    internal const string HowToInstall = "On Debian and Ubuntu: apt-get install libsnmp40";

    private NetSnmpLibrary(nint handle)
    {
        // The version first, so that another one is told as such and not by what it lacks.
        GetVersion = (delegate* unmanaged<byte*>)Find(handle, "netsnmp_get_version");
        LayoutCheck.Demand(Marshal.PtrToStringUTF8((nint)GetVersion()) ?? "");
        SetSwitch = (delegate* unmanaged<int, int, int, int>)Find(handle, "netsnmp_ds_set_boolean");
        Initialize = (delegate* unmanaged<byte*, void>)Find(handle, "init_snmp");
        DescribeError = (delegate* unmanaged<int, byte*>)Find(handle, "snmp_api_errstring");
        DisableLogging = (delegate* unmanaged<void>)Find(handle, "snmp_disable_log");
        InitializeSession = (delegate* unmanaged<SessionStructure*, void>)Find(handle, "snmp_sess_init");
        Open = (delegate* unmanaged<SessionStructure*, void*>)Find(handle, "snmp_sess_open");
        Close = (delegate* unmanaged<void*, int>)Find(handle, "snmp_sess_close");
        SessionOf = (delegate* unmanaged<void*, SessionStructure*>)Find(handle, "snmp_sess_session");
        Send = (delegate* unmanaged<void*, PduStructure*, delegate* unmanaged<int, SessionStructure*, int, PduStructure*, void*, int>, void*, int>)Find(handle, "snmp_sess_async_send");
        SelectInfo = (delegate* unmanaged<void*, int*, byte*, TimeValue*, int*, int>)Find(handle, "snmp_sess_select_info");
        Read = (delegate* unmanaged<void*, byte*, int>)Find(handle, "snmp_sess_read");
        FireTimeouts = (delegate* unmanaged<void*, void>)Find(handle, "snmp_sess_timeout");
        CreatePdu = (delegate* unmanaged<int, PduStructure*>)Find(handle, "snmp_pdu_create");
        FreePdu = (delegate* unmanaged<PduStructure*, void>)Find(handle, "snmp_free_pdu");
        AddVariable = (delegate* unmanaged<PduStructure*, nuint*, nuint, byte, void*, nuint, VariableStructure*>)Find(handle, "snmp_pdu_add_variable");
        MakeKey = (delegate* unmanaged<nuint*, uint, byte*, nuint, byte*, nuint*, int>)Find(handle, "generate_Ku");
        FindAuthentication = (delegate* unmanaged<byte*, int>)Find(handle, "usm_lookup_auth_type");
        FindPrivacy = (delegate* unmanaged<byte*, int>)Find(handle, "usm_lookup_priv_type");
        AuthenticationName = (delegate* unmanaged<int, nuint*, nuint*>)Find(handle, "sc_get_auth_oid");
        PrivacyName = (delegate* unmanaged<int, nuint*, nuint*>)Find(handle, "sc_get_priv_oid");
    }

    internal delegate* unmanaged<byte*> GetVersion { get; }

    internal delegate* unmanaged<int, int, int, int> SetSwitch { get; }

    internal delegate* unmanaged<byte*, void> Initialize { get; }

    internal delegate* unmanaged<int, byte*> DescribeError { get; }

    internal delegate* unmanaged<void> DisableLogging { get; }

    internal delegate* unmanaged<SessionStructure*, void> InitializeSession { get; }

    internal delegate* unmanaged<SessionStructure*, void*> Open { get; }

    internal delegate* unmanaged<void*, int> Close { get; }

    internal delegate* unmanaged<void*, SessionStructure*> SessionOf { get; }

    internal delegate* unmanaged<void*, PduStructure*, delegate* unmanaged<int, SessionStructure*, int, PduStructure*, void*, int>, void*, int> Send { get; }

    internal delegate* unmanaged<void*, int*, byte*, TimeValue*, int*, int> SelectInfo { get; }

    internal delegate* unmanaged<void*, byte*, int> Read { get; }

    internal delegate* unmanaged<void*, void> FireTimeouts { get; }

    internal delegate* unmanaged<int, PduStructure*> CreatePdu { get; }

    internal delegate* unmanaged<PduStructure*, void> FreePdu { get; }

    internal delegate* unmanaged<PduStructure*, nuint*, nuint, byte, void*, nuint, VariableStructure*> AddVariable { get; }

    internal delegate* unmanaged<nuint*, uint, byte*, nuint, byte*, nuint*, int> MakeKey { get; }

    internal delegate* unmanaged<byte*, int> FindAuthentication { get; }

    internal delegate* unmanaged<byte*, int> FindPrivacy { get; }

    internal delegate* unmanaged<int, nuint*, nuint*> AuthenticationName { get; }

    internal delegate* unmanaged<int, nuint*, nuint*> PrivacyName { get; }

    /// <summary>Finds the library, checks that it is one that this binding knows, and starts it without reading or writing any file.</summary>
    /// <param name="names">What it may be called.</param>
    /// <param name="uses16BitIds">Whether request-ids are to fit 16 bits.</param>
    /// <exception cref="NetSnmpUnavailableException">It is missing, or another version than this binding was made for.</exception>
    internal static NetSnmpLibrary Load(IReadOnlyList<string> names, bool uses16BitIds)
    {
        var library = new NetSnmpLibrary(FindFile(names));
        LayoutCheck.Demand(library);
        library.Start(uses16BitIds);
        return library;
    }

    /// <summary>What an error number of the library means.</summary>
    internal string Describe(int error) => Marshal.PtrToStringUTF8((nint)DescribeError(error)) ?? $"error {error}";

    private static nint FindFile(IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, out var handle))
            {
                return handle;
            }
        }

        throw new NetSnmpUnavailableException(
            $"Net-SNMP's library is not installed: none of {string.Join(", ", names)} can be loaded. {HowToInstall}; or leave out 'backend: netsnmp', and the managed engine is used.");
    }

    private static nint Find(nint handle, string name) => NativeLibrary.TryGetExport(handle, name, out var address)
        ? address
        : throw new NetSnmpUnavailableException(
            $"The library that was found lacks {name}, so that it is no Net-SNMP {LayoutCheck.KnownVersion}. {HowToInstall}.");

    // The switches come first: starting it would read configuration, and ending the process would write state. Sessions of SNMPv3 fail without a start.
    private void Start(bool uses16BitIds)
    {
        Set(LibraryOption.DoNotReadConfiguration, true);
        Set(LibraryOption.DoNotKeepState, true);
        Set(LibraryOption.DoNotLoadState, true);
        Set(LibraryOption.DoNotSaveState, true);
        Set(LibraryOption.DoNotLoadHostFiles, true);
        Set(LibraryOption.DoNotUseAlarmSignal, true);
        Set(LibraryOption.Use16BitIds, uses16BitIds);
        DisableLogging();
        fixed (byte* name = "connections\0"u8)
        {
            Initialize(name);
        }
    }

    private void Set(LibraryOption option, bool isOn) => _ = SetSwitch(0, (int)option, isOn ? 1 : 0);
}
