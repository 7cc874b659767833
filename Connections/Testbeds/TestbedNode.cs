namespace Connections.Testbeds;

/// <summary>A piece of a testbed as it was written, after markup: a <see cref="TestbedScalar"/>, <see cref="TestbedSequence"/> or
/// <see cref="TestbedMapping"/>. Immutable.</summary>
public abstract class TestbedNode
{
    private protected TestbedNode(string file, int line, NodePath path)
    {
        File = file;
        Line = line;
        Place = path;
    }

    /// <summary>The file it stands in, as the caller named it.</summary>
    public string File { get; }

    /// <summary>The line of its key, or without one the line it starts on; from 1.</summary>
    public int Line { get; }

    /// <summary>Its dotted path from the top, such as <c>devices.r1.custom.racks[2]</c>; empty for the whole file.</summary>
    public string Path => Place.ToString();

    internal NodePath Place { get; }

    /// <summary>What it is, in words for an error message.</summary>
    internal abstract string Kind { get; }

    /// <summary>The same content under another path, as an alias of YAML makes it.</summary>
    internal abstract TestbedNode MoveTo(NodePath path, NodeBudget budget);
}
