namespace Connections.Snmp.Mibs.Loading;

/// <summary>Lists of paths as Net-SNMP's MIBDIRS has them.</summary>
internal static class MibPathList
{
    /// <summary>The entries of a list; a path that exists is one, whatever characters it has.</summary>
    internal static IEnumerable<MibPathEntry> Split(string list)
    {
        if (Path.Exists(list))
        {
            return [new MibPathEntry(list, IsOptional: false)];
        }

        return list switch
        {
            ['+', .. var rest] => [.. Defaults(), .. EntriesOf(rest)],
            ['-', .. var rest] => [.. EntriesOf(rest), .. Defaults()],
            _ => EntriesOf(list),
        };
    }

    private static IEnumerable<MibPathEntry> EntriesOf(string list) =>
        list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(static path => new MibPathEntry(path, IsOptional: false));

    private static IEnumerable<MibPathEntry> Defaults()
    {
        string[] folders =
        [
            Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".snmp/mibs"),
            "/usr/share/snmp/mibs",
            "/usr/share/snmp/mibs/iana",
            "/usr/share/snmp/mibs/ietf",
        ];
        return folders.Select(static folder => new MibPathEntry(folder, IsOptional: true));
    }
}
