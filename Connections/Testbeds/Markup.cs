using System.Text;

namespace Connections.Testbeds;

/// <summary>Replaces the markup in the values of a testbed. A value that is one reference and nothing else becomes whatever the
/// reference names, a mapping too. What markup brings from outside of the testbed is not markup itself.</summary>
internal sealed class Markup
{
    private readonly MarkupValues _values;
    private readonly NodeBudget _budget;
    private readonly References _references;

    internal Markup(TestbedMapping root, MarkupValues values, NodeBudget budget)
    {
        _values = values;
        _budget = budget;
        _references = new References(root, Resolve);
    }

    internal TestbedNode Resolve(TestbedNode node) => node switch
    {
        TestbedScalar scalar => ResolveScalar(scalar),
        TestbedSequence list => list.WithItems(Resolve),
        TestbedMapping mapping => ResolveMapping(mapping),
        _ => node,
    };

    /// <summary>The text of markup, or around it.</summary>
    internal string TextOf(IReadOnlyList<MarkupPiece> pieces, TestbedScalar scalar) => Join(pieces, scalar).Text;

    private TestbedMapping ResolveMapping(TestbedMapping mapping)
    {
        foreach (var (key, value) in mapping.Entries)
        {
            if (MarkupParser.Parse(key, value) is not null)
            {
                throw TestbedException.At(value, "markup is replaced in values, and this is markup in the name of a key; write the name itself");
            }
        }

        return mapping.WithValues(Resolve);
    }

    private TestbedNode ResolveScalar(TestbedScalar scalar)
    {
        if (MarkupParser.Parse(scalar.Value, scalar) is not { } pieces)
        {
            return scalar;
        }

        if (pieces is [{ } only])
        {
            return Whole(only, scalar);
        }

        var (text, isSecret) = Join(pieces, scalar);
        return scalar.WithValue(text, isSecret: isSecret);
    }

    /// <summary>What one markup that is the whole value stands for.</summary>
    private TestbedNode Whole(MarkupPiece piece, TestbedScalar scalar)
    {
        var found = Find(piece, scalar);
        return found is TestbedScalar single
            ? scalar.WithValue(single.Value, single.IsNull, single.IsSecret)
            : found.MoveTo(scalar.Place, _budget);
    }

    private (string Text, bool IsSecret) Join(IReadOnlyList<MarkupPiece> pieces, TestbedScalar scalar)
    {
        var text = new StringBuilder();
        var isSecret = false;
        foreach (var piece in pieces)
        {
            var found = piece.Name is null ? scalar.WithValue(piece.Written) : Find(piece, scalar);
            if (found is not TestbedScalar single)
            {
                throw TestbedException.At(scalar, $"{piece.Written} is {found.Kind}; within a text it must be a single value");
            }

            _budget.TakeText(scalar, single.Value.Length);
            text.Append(single.Value);
            isSecret |= single.IsSecret;
        }

        return (text.ToString(), isSecret);
    }

    private TestbedNode Find(MarkupPiece piece, TestbedScalar scalar) => piece.Name switch
    {
        "" => _references.Follow(TextOf(piece.Body, scalar).Trim(), piece.Written, scalar),
        "ENV" => scalar.WithValue(Environment(piece, scalar)),
        "ASK" => scalar.WithValue(_values.Ask(scalar, TextOf(piece.Body, scalar).Trim())),
        "CLI" => Option(TextOf(piece.Body, scalar).Trim(), scalar),
        _ => throw MarkupNames.Refuse(scalar, piece.Name!),
    };

    private string Environment(MarkupPiece piece, TestbedScalar scalar)
    {
        var (before, otherwise) = SplitAtComma(piece.Body);
        var name = TextOf(before, scalar).Trim();
        return _values.FindEnvironment(scalar, name) ?? (otherwise is not null
            ? TextOf(otherwise, scalar).Trim()
            : throw TestbedException.At(
                scalar, $"the environment variable {name} is not set; set it, or give a default: %ENV{{{name}, default}}"));
    }

    private TestbedNode Option(string name, TestbedScalar scalar) => _values.FindOption(scalar, name) switch
    {
        [] => scalar.WithValue("", isNull: true),
        [var only] => scalar.WithValue(only),
        var several => new TestbedSequence(
            [.. several.Select((value, index) => new TestbedScalar(value, isNull: false, scalar.File, scalar.Line, scalar.Place.Index(index)))],
            scalar.File, scalar.Line, scalar.Place),
    };

    private static (IReadOnlyList<MarkupPiece> Before, IReadOnlyList<MarkupPiece>? After) SplitAtComma(IReadOnlyList<MarkupPiece> pieces)
    {
        for (var index = 0; index < pieces.Count; index++)
        {
            var text = pieces[index].Written;
            if (pieces[index].Name is null && text.IndexOf(',', StringComparison.Ordinal) is >= 0 and var comma)
            {
                return (
                    [.. pieces.Take(index), MarkupPiece.Plain(text[..comma])],
                    [MarkupPiece.Plain(text[(comma + 1)..]), .. pieces.Skip(index + 1)]);
            }
        }

        return (pieces, null);
    }
}
