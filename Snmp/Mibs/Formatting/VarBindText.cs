using System.Text;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Mibs.Formatting;

/// <summary>
/// Writes varbinds as Net-SNMP 5.9's tools print them, <c>IF-MIB::ifOperStatus.1 = INTEGER: up(1)</c>, so that scripts made for the one read the other. Immutable, thread-safe.
/// </summary>
/// <remarks>
/// It follows the tools in everything that can be seen, also where that is odd: <c>Wrong Type (should be …)</c> in front of a value of another type than the module says, a space behind every octet
/// in hexadecimal and a new line after sixteen, indexes that are not as their table has them in numbers from there on, a count before OIDs in indexes. In two things it differs. Control
/// characters that a display hint shows as text come out as points, but for white space, so that no agent writes to a terminal what it wants; and text that is no UTF-8 is read as Latin-1.
/// Values come in one line, but for octets in hexadecimal and line breaks in texts.
/// </remarks>
public sealed class VarBindText
{
    private readonly NameWriter _names;
    private readonly ValueWriter _values;
    private readonly MibTree? _tree;

    /// <summary>Makes a writer.</summary>
    /// <param name="options">The form; Net-SNMP's own if left out.</param>
    /// <param name="tree">The names; if left out, <see cref="MibTree.Current"/> of each call.</param>
    public VarBindText(VarBindTextOptions? options = null, MibTree? tree = null)
    {
        Options = options ?? VarBindTextOptions.Default;
        _tree = tree;
        _names = new NameWriter(Options);
        _values = new ValueWriter(Options, _names);
    }

    /// <summary>The form.</summary>
    public VarBindTextOptions Options { get; }

    /// <summary>Writes a varbind.</summary>
    /// <returns>The line, without its end; several lines where the value has them.</returns>
    public string Format(in VarBind varBind)
    {
        var tree = _tree ?? MibTree.Current;
        var output = new StringBuilder();
        if (!Options.ValuesOnly)
        {
            _names.Write(output, varBind.Oid, tree);
            output.Append(Options.Quick && !Options.QuickWithEquals ? " " : " = ");
        }

        _values.Write(output, varBind.Value, tree.FindNearest(varBind.Oid), tree);
        return output.ToString();
    }

    /// <summary>Writes the name of an instance.</summary>
    public string FormatName(in Oid oid)
    {
        var output = new StringBuilder();
        _names.Write(output, oid, _tree ?? MibTree.Current);
        return output.ToString();
    }

    /// <summary>Writes the value of an instance, with its type unless the form is quick.</summary>
    public string FormatValue(in VarBind varBind)
    {
        var tree = _tree ?? MibTree.Current;
        var output = new StringBuilder();
        _values.Write(output, varBind.Value, tree.FindNearest(varBind.Oid), tree);
        return output.ToString();
    }
}
