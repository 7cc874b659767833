namespace Connections.Snmp.Mibs;

/// <summary>What a <see cref="MibLoader"/> reads, and what it does with it.</summary>
public sealed record MibLoadOptions
{
    private const int DefaultMaxFileSize = 16 << 20;

    /// <summary>Folders, or lists of folders, in which modules are looked for that others import; nothing else is loaded from them. The folders of files that are given
    /// one by one are searched too, before these. None if left out.</summary>
    public IReadOnlyList<string> SearchPaths { get; init; } = [];

    /// <summary>Whether folders are read with all folders in them. They are not if left out.</summary>
    public bool IsRecursive { get; init; }

    /// <summary>Whether the tree becomes <see cref="MibTree.Current"/>. It does if left out.</summary>
    public bool Publish { get; init; } = true;

    /// <summary>Whether the tree has the built-in names, too. It has if left out; without them every module that others import must be loaded.</summary>
    public bool WithBuiltIn { get; init; } = true;

    /// <summary>The size in octets above which a file is not read; 16 MiB if left out.</summary>
    public int MaxFileSize { get; init; } = DefaultMaxFileSize;
}
