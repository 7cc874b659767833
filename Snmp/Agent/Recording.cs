namespace Connections.Snmp.Agent;

/// <summary>Reads recordings of either format: by the file's name, <c>.snmpwalk</c> or <c>.walk</c> for <see cref="SnmpWalk"/>, any other for <see cref="Snmprec"/>.</summary>
public static class Recording
{
    /// <summary>Reads a recording from a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="RecordingException">A line is no variable, or names one that an earlier line has.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static MibData Load(string path) =>
        Path.GetExtension(path) is ".snmpwalk" or ".walk" ? SnmpWalk.Load(path) : Snmprec.Load(path);
}
