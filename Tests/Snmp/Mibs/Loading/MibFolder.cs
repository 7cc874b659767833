namespace Connections.Snmp.Tests.Mibs.Loading;

/// <summary>A folder of its own, gone when disposed.</summary>
internal sealed class MibFolder : IDisposable
{
    internal MibFolder() => Path = Directory.CreateTempSubdirectory("mibs-").FullName;

    internal string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    /// <summary>Writes a module with one identifier, and returns the file's path.</summary>
    internal string Write(string file, string module, string name, uint arc, string parent = "enterprises", string from = "SNMPv2-SMI") => WriteText(
        file, $"{module} DEFINITIONS ::= BEGIN IMPORTS {parent} FROM {from}; {name} OBJECT IDENTIFIER ::= {{ {parent} {arc} }} END\n");

    internal string WriteText(string file, string text)
    {
        var path = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
