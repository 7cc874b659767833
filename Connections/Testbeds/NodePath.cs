using System.Text;

namespace Connections.Testbeds;

/// <summary>Where a node stands, as a chain to the top: written out only when an error asks for it.</summary>
internal sealed class NodePath
{
    internal static readonly NodePath Top = new(null, "");

    private readonly NodePath? _parent;
    private readonly string _segment;

    private NodePath(NodePath? parent, string segment)
    {
        _parent = parent;
        _segment = segment;
    }

    internal NodePath Key(string key) => new(this, ReferenceEquals(this, Top) ? key : $".{key}");

    internal NodePath Index(int index) => new(this, $"[{index}]");

    public override string ToString()
    {
        var segments = new Stack<string>();
        for (var path = this; path is not null; path = path._parent)
        {
            segments.Push(path._segment);
        }

        return new StringBuilder().AppendJoin("", segments).ToString();
    }
}
