namespace Connections.Testbeds;

/// <summary>A single value.</summary>
public sealed class TestbedScalar : TestbedNode
{
    // What the file has in place of the value; null when it has the value itself.
    private readonly string? _written;

    internal TestbedScalar(string value, bool isNull, string file, int line, NodePath path)
        : this(value, isNull, path.IsSecret, written: null, file, line, path)
    {
    }

    private TestbedScalar(string value, bool isNull, bool isSecret, string? written, string file, int line, NodePath path)
        : base(file, line, path)
    {
        Value = value;
        IsNull = isNull;
        IsSecret = isSecret;
        _written = written;
    }

    /// <summary>The text, a secret too; empty for a null.</summary>
    public string Value { get; }

    /// <summary>True for a key without a value, and for an unquoted <c>null</c> or <c>~</c>.</summary>
    public bool IsNull { get; }

    /// <summary>Whether the value is a secret: it stands, or what it refers to stands, under <c>credentials</c> (a <c>username</c> aside)
    /// or under a key that ends in <c>password</c>, <c>passphrase</c>, <c>community</c> or <c>secret</c>.</summary>
    public bool IsSecret { get; }

    /// <summary>The value in quotes for an error message. What markup stands for may be a secret, so the markup is shown in its place.</summary>
    internal string Shown => IsSecret ? "'****'" : _written is null ? $"'{Value}'" : $"what '{_written}' stands for";

    internal override string Kind => IsNull ? "nothing" : "a single value";

    internal override TestbedNode MoveTo(NodePath path, NodeBudget budget)
    {
        budget.Take(this, path);
        return new TestbedScalar(Value, IsNull, IsSecret || path.IsSecret, _written, File, Line, path);
    }

    /// <summary>What the markup of this value stands for.</summary>
    internal TestbedScalar WithValue(string value, bool isNull = false, bool isSecret = false) =>
        new(value, isNull, IsSecret || isSecret, _written ?? Value, File, Line, Place);

    /// <summary>The text; <c>****</c> for a secret.</summary>
    public override string ToString() => IsSecret ? "****" : Value;
}
