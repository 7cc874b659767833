using System.Text;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Agent;

/// <summary>Gathers the variables of a recording and remembers their lines, so that errors name them.</summary>
internal sealed class RecordingBuilder(string fileName)
{
    private readonly Dictionary<Oid, int> _lines = [];
    private readonly List<MibVariable> _variables = [];

    /// <summary>Reads a recording from a file. Octets above 127 are taken as they stand in the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="read">Reads the variable that begins on a line, and takes further lines that belong to it.</param>
    public static MibData Load(string path, Action<RecordingBuilder, RecordingLines, string> read) =>
        Build(File.ReadAllText(path, Encoding.Latin1), path, read);

    /// <summary>Reads a recording from text, without its blank lines and those that begin with <c>#</c>.</summary>
    /// <param name="text">The lines.</param>
    /// <param name="fileName">What errors call the recording.</param>
    /// <param name="read">Reads the variable that begins on a line, and takes further lines that belong to it.</param>
    public static MibData Build(string text, string fileName, Action<RecordingBuilder, RecordingLines, string> read)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(fileName);
        var recording = new RecordingBuilder(fileName);
        var lines = new RecordingLines(text);
        while (lines.TryRead(out var line))
        {
            if (!string.IsNullOrWhiteSpace(line) && line[0] != '#')
            {
                read(recording, lines, line);
            }
        }

        return recording.ToData();
    }

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
