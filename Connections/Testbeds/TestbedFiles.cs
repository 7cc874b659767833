namespace Connections.Testbeds;

/// <summary>Puts one testbed together from its file, the files that it extends and those that it includes.</summary>
internal sealed class TestbedFiles(TestbedSource source, MarkupValues values, NodeBudget budget)
{
    private const string Extends = "extends";

    // From the outermost file to the one being read: a file may be taken in twice, but not inside itself.
    private readonly List<string> _open = [];

    /// <summary>All of a testbed: its own text over that of the files that it extends. Included content stands where it is included.</summary>
    /// <exception cref="TestbedException">A file cannot be read, is no YAML, or takes itself in.</exception>
    internal TestbedMapping Read(string text, string file)
    {
        _open.Add(Path.GetFullPath(file));
        var written = YamlReader.Read(text, file, NodePath.Top, budget).AsMapping("a mapping with 'testbed' and 'devices'");
        var own = (TestbedMapping)Include(written, new Markup(written, values, budget));
        var whole = Bases(own).Aggregate(own, (over, path) => Overlay.Merge(ReadBase(path), over));
        _open.RemoveAt(_open.Count - 1);
        return whole;
    }

    /// <summary>The paths under <c>extends</c>, the one that counts most first.</summary>
    private static IEnumerable<TestbedScalar> Bases(TestbedMapping own)
    {
        if (!own.TryGet(Extends, out var node) || node is TestbedScalar { IsNull: true })
        {
            return [];
        }

        var paths = node is TestbedSequence list ? list.Items : [node];
        return paths.Select(path => path is TestbedScalar { IsNull: false } scalar
            ? scalar
            : throw TestbedException.At(path, $"this is {path.Kind}; expected the path of a testbed, or a list of such paths"));
    }

    private TestbedMapping ReadBase(TestbedScalar path)
    {
        if (MarkupParser.Parse(path.Value, path) is not null)
        {
            throw TestbedException.At(path, "files are put together before markup is replaced; write the path itself");
        }

        var file = Open(path.Value, path);
        return Read(source.Read(file, path), file);
    }

    /// <summary>Replaces each <c>%INCLUDE{file}</c> by the content of the file.</summary>
    private TestbedNode Include(TestbedNode node, Markup markup)
    {
        switch (node)
        {
            case TestbedSequence list:
                return list.WithItems(item => Include(item, markup));
            case TestbedMapping mapping:
                return mapping.WithValues(value => Include(value, markup));
            case TestbedScalar scalar when MarkupParser.Parse(scalar.Value, scalar) is [{ Name: "INCLUDE" } include]:
                var file = Open(markup.TextOf(include.Body, scalar).Trim(), scalar);
                _open.Add(Path.GetFullPath(file));
                var content = YamlReader.Read(source.Read(file, scalar), file, scalar.Place, budget);
                var whole = Include(content, markup);
                _open.RemoveAt(_open.Count - 1);
                return whole;
            default:
                return node;
        }
    }

    private string Open(string path, TestbedScalar asker)
    {
        if (path.Length == 0)
        {
            throw TestbedException.At(asker, "the path of a file is expected here");
        }

        var file = TestbedSource.PathFrom(asker.File, path);
        return _open.Contains(Path.GetFullPath(file))
            ? throw TestbedException.At(asker, $"'{file}' takes this file in itself, so neither can be read first")
            : file;
    }
}
