using Connections.Snmp.Protocol;

namespace Connections.Snmp.Agent;

/// <summary>Gathers the variables of a recording and remembers their lines, so that errors name them.</summary>
internal sealed class RecordingBuilder(string fileName)
{
    private readonly Dictionary<Oid, int> _lines = [];
    private readonly List<MibVariable> _variables = [];

    /// <exception cref="RecordingException">An earlier line has the same name.</exception>
    public void Add(int line, in Oid oid, in SnmpValue value)
    {
        if (!_lines.TryAdd(oid, line))
        {
            throw Error(line, $"The variable {oid} is already on line {_lines[oid]}.");
        }

        _variables.Add(SystemGroup.WithAccess(new MibVariable(oid, value)));
    }

    public RecordingException Error(int line, string problem, Exception? inner = null) => new(fileName, line, problem, inner);

    public MibData ToData() => new(_variables);
}
