using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Connections.Testbeds;

/// <summary>Turns the events of a YAML parser into nodes that know their place. Depth and size are bounded.</summary>
internal sealed class YamlReader
{
    private static readonly HashSet<string> StandardTags =
        [.. new[] { "str", "int", "float", "bool", "null", "seq", "map" }.Select(name => $"tag:yaml.org,2002:{name}")];

    private readonly Parser _parser;
    private readonly string _file;
    private readonly NodeBudget _budget;
    private readonly Dictionary<AnchorName, TestbedNode> _anchors = [];

    private YamlReader(TextReader text, string file, NodeBudget budget)
    {
        _parser = new Parser(text);
        _file = file;
        _budget = budget;
    }

    /// <summary>Reads the only document of a file, which stands under a path of the testbed that takes it in.</summary>
    internal static TestbedNode Read(string text, string file, NodePath place, NodeBudget budget)
    {
        using var content = new StringReader(text);
        var reader = new YamlReader(content, file, budget);
        try
        {
            return reader.ReadDocument(place);
        }
        catch (YamlException error)
        {
            var (line, message) = YamlSyntax.Explain(error, text);
            throw new TestbedException(message, file, line, key: null, error);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            // The parser gives up on some malformed texts without an error of its own.
            var line = (int?)reader._parser.Current?.End.Line;
            throw new TestbedException("this is no valid YAML: a bracket or a quote that opens on this line may not be closed", file, line, key: null, error);
        }
    }

    private TestbedNode ReadDocument(NodePath place)
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            throw new TestbedException("the file is empty", _file);
        }

        _parser.Consume<DocumentStart>();
        var root = ReadNode(place, keyLine: null);
        _parser.Consume<DocumentEnd>();
        if (_parser.TryConsume<DocumentStart>(out var second))
        {
            throw new TestbedException("a second document starts here; a file is one document", _file, (int)second.Start.Line);
        }

        return root;
    }

    /// <summary>Reads a value. It has the line of its key where it has one: a mapping starts a line below.</summary>
    private TestbedNode ReadNode(NodePath path, int? keyLine)
    {
        var next = _parser.Consume<ParsingEvent>();
        if (path.Depth > NodeBudget.MaxDepth)
        {
            throw Error(next, path, $"nested more than {NodeBudget.MaxDepth} levels deep");
        }

        if (next is AnchorAlias alias)
        {
            return _anchors.TryGetValue(alias.Value, out var target)
                ? target.MoveTo(path, _budget)
                : throw Error(next, path, $"the alias *{alias.Value} refers to no anchor above it");
        }

        var line = keyLine ?? LineOf(next);
        TestbedNode node = next switch
        {
            Scalar scalar => ReadScalar(scalar, path, line),
            SequenceStart => ReadSequence(path, line),
            MappingStart => ReadMapping(path, line),
            _ => throw Error(next, path, "a value is expected here"),
        };
        _budget.Take(node);
        Remember((NodeEvent)next, node, path);
        return node;
    }

    private TestbedScalar ReadScalar(Scalar scalar, NodePath path, int line)
    {
        var isNull = scalar is { Style: ScalarStyle.Plain, Value: "" or "~" or "null" or "Null" or "NULL" };
        return new TestbedScalar(isNull ? "" : scalar.Value, isNull, _file, line, path);
    }

    private TestbedSequence ReadSequence(NodePath path, int line)
    {
        var items = new List<TestbedNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(path.Index(items.Count), keyLine: null));
        }

        return new TestbedSequence(items, _file, line, path);
    }

    private TestbedMapping ReadMapping(NodePath path, int line)
    {
        var entries = new OrderedDictionary<string, TestbedNode>(StringComparer.Ordinal);
        var merged = new List<TestbedNode>();
        var keys = new Dictionary<string, int>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadKey(path, keys);
            var value = ReadNode(path.Key(key), keys[key]);
            if (key == "<<")
            {
                merged.Add(value);
            }
            else
            {
                entries.Add(key, value);
            }
        }

        merged.ForEach(value => Merge(value, entries, path));
        return new TestbedMapping(entries, _file, line, path);
    }

    private string ReadKey(NodePath path, Dictionary<string, int> seen)
    {
        var next = _parser.Consume<ParsingEvent>();
        if (next is not Scalar { Value: { } key })
        {
            throw Error(next, path, "a key must be a single value");
        }

        if (!seen.TryAdd(key, LineOf(next)))
        {
            throw Error(next, path.Key(key), $"this key stands twice; it was first given on line {seen[key]}");
        }

        return key;
    }

    /// <summary>The merge key <c>&lt;&lt;</c> of YAML 1.1: takes over the keys that the mapping does not give itself.</summary>
    private void Merge(TestbedNode source, OrderedDictionary<string, TestbedNode> entries, NodePath path)
    {
        foreach (var node in source is TestbedSequence list ? list.Items : [source])
        {
            if (node is not TestbedMapping mapping)
            {
                throw TestbedException.At(node, $"'<<' takes over the keys of a mapping, but this is {node.Kind}");
            }

            foreach (var (key, value) in mapping.Entries)
            {
                if (!entries.ContainsKey(key))
                {
                    entries.Add(key, value.MoveTo(path.Key(key), _budget));
                }
            }
        }
    }

    private void Remember(NodeEvent start, TestbedNode node, NodePath path)
    {
        if (!start.Tag.IsEmpty && !start.Tag.IsNonSpecific && !StandardTags.Contains(start.Tag.Value))
        {
            throw Error(start, path, $"the tag {start.Tag.Value} is not understood; leave it out");
        }

        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor] = node;
        }
    }

    private static int LineOf(ParsingEvent parsed) => (int)parsed.Start.Line;

    private TestbedException Error(ParsingEvent at, NodePath path, string message) =>
        new(message, _file, LineOf(at), path.ToString() is { Length: > 0 } key ? key : null);
}
