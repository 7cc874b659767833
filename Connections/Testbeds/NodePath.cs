using System.Text;

namespace Connections.Testbeds;

/// <summary>Where a node stands, as a chain to the top: written out only when an error asks for it.</summary>
internal sealed class NodePath
{
    internal static readonly NodePath Top = new();

    private readonly NodePath? _parent;
    private readonly string _name;
    private readonly bool _isIndex;
    private readonly bool _inCredentials;

    private NodePath() => _name = "";

    private NodePath(NodePath parent, string name, bool isIndex)
    {
        _parent = parent;
        _name = name;
        _isIndex = isIndex;
        _inCredentials = parent._inCredentials || (!isIndex && name == "credentials");
        IsSecret = isIndex ? parent.IsSecret : (parent._inCredentials && name != "username") || SecretNames.Match(name);
        Depth = parent.Depth + 1;
    }

    /// <summary>The number of keys and indexes from the top.</summary>
    internal int Depth { get; }

    /// <summary>Whether what stands here is a secret: credentials other than a user's name, or a key that says so.</summary>
    internal bool IsSecret { get; }

    /// <summary>The device that this is a part of, or null.</summary>
    internal string? Device
    {
        get
        {
            var path = this;
            while (path.Depth > 2)
            {
                path = path._parent!;
            }

            return path.Depth == 2 && path._parent!._name == "devices" ? path._name : null;
        }
    }

    internal NodePath Key(string key) => new(this, key, isIndex: false);

    internal NodePath Index(int index) => new(this, $"{index}", isIndex: true);

    public override string ToString()
    {
        var segments = new Stack<string>();
        for (var path = this; path._parent is not null; path = path._parent)
        {
            segments.Push(path._isIndex ? $"[{path._name}]" : path.Depth == 1 ? path._name : $".{path._name}");
        }

        return new StringBuilder().AppendJoin("", segments).ToString();
    }
}
