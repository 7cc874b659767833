namespace Connections.NetSnmp.Worker.Binding;

/// <summary>The library's switches that matter here (<c>NETSNMP_DS_LIB_*</c>).</summary>
internal enum LibraryOption
{
    DoNotReadConfiguration = 6,
    DoNotUseAlarmSignal = 11,
    Use16BitIds = 31,
    DoNotKeepState = 32,
    DoNotLoadState = 35,
    DoNotSaveState = 36,
    DoNotLoadHostFiles = 40,
}
