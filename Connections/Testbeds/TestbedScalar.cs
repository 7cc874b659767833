namespace Connections.Testbeds;

/// <summary>A single value.</summary>
public sealed class TestbedScalar : TestbedNode
{
    internal TestbedScalar(string value, bool isNull, string file, int line, NodePath path)
        : base(file, line, path)
    {
        Value = value;
        IsNull = isNull;
    }

    /// <summary>The text; empty for a null.</summary>
    public string Value { get; }

    /// <summary>True for a key without a value, and for an unquoted <c>null</c> or <c>~</c>.</summary>
    public bool IsNull { get; }

    internal override string Kind => IsNull ? "nothing" : "a single value";

    internal override TestbedNode MoveTo(NodePath path, NodeBudget budget)
    {
        budget.Take(this);
        return new TestbedScalar(Value, IsNull, File, Line, path);
    }

    internal TestbedScalar WithValue(string value) => new(value, isNull: false, File, Line, Place);

    /// <summary>The text, which may be a secret: use with care in logs.</summary>
    public override string ToString() => Value;
}
