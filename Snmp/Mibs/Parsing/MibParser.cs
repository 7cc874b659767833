using System.Collections.Immutable;

namespace Connections.Snmp.Mibs.Parsing;

/// <summary>
/// Reads the modules of a file, of SMIv1 (RFC 1155, 1212, 1215) and SMIv2 (RFC 2578, 2579, 2580). What breaks the rules is told, and understood where it can be; after
/// what cannot, the next definition is read. It never throws, recurses nowhere, and takes time in proportion to the file.
/// </summary>
internal sealed partial class MibParser
{
    private readonly string _text;
    private readonly MibParseLog _log;
    private readonly List<MibToken> _tokens;
    private readonly NamePool _names = new();
    private readonly HashSet<string> _defined = new(StringComparer.Ordinal);
    private ModuleDraft _module = new("", 0);
    private int _at;

    private MibParser(string text, MibParseLog log)
    {
        _text = text;
        _log = log;
        _tokens = MibLexer.Cut(text, log);
    }

    private MibToken Current => _tokens[_at];

    /// <summary>Reads a file's text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="log">Takes what is wrong; what concerns a module is in that module's diagnostics too.</param>
    /// <returns>The modules; none where the text has none.</returns>
    internal static ImmutableArray<ParsedModule> Parse(string text, MibParseLog log)
    {
        var parser = new MibParser(text, log);
        var drafts = new List<ModuleDraft>();
        while (parser.Header() is { } draft)
        {
            drafts.Add(draft);
            parser.Body(draft);
        }

        var lines = drafts.Select(static draft => draft.Line).ToList();
        var diagnostics = log.Since(0).ToLookup(diagnostic => OwnerOf(diagnostic, lines));
        return [.. drafts.Select((draft, i) => draft.Finish(log.File, diagnostics[i]))];
    }

    // The last module that begins at or above the line; what stands before the first module is told with the first one.
    private static int OwnerOf(MibDiagnostic diagnostic, List<int> lines)
    {
        var found = lines.BinarySearch(diagnostic.Line);
        return Math.Max(0, found >= 0 ? found : ~found - 1);
    }

    private ModuleDraft? Header()
    {
        for (var at = _at; _tokens[at].Kind != MibTokenKind.End; at++)
        {
            if (IsHeader(at, out var body))
            {
                WarnOfGarbage(at);
                var name = _names.Get(TextOf(_tokens[at]));
                var draft = new ModuleDraft(name, _tokens[at].Line);
                CheckName(name, _tokens[at].Line, isType: true, "module");
                _at = body;
                return draft;
            }
        }

        WarnOfGarbage(_tokens.Count - 1);
        return null;
    }

    private void WarnOfGarbage(int end)
    {
        if (_at < end)
        {
            _log.Warn(Current.Line, $"'{Quote(Current)}' is in no module.", "What stands between END and the next module's name is left out.");
        }
    }

    /// <summary>Whether a module begins: <c>NAME [{ OID }] DEFINITIONS [... TAGS] ::= BEGIN</c>.</summary>
    private bool IsHeader(int at, out int body)
    {
        const int LongestOid = 64;
        body = at + 1;
        if (_tokens[at].Kind != MibTokenKind.Identifier)
        {
            return false;
        }

        if (_tokens[body].Kind == MibTokenKind.OpenBrace)
        {
            while (_tokens[body].Kind is not (MibTokenKind.CloseBrace or MibTokenKind.End) && body - at < LongestOid)
            {
                body++;
            }

            body++;
        }

        if (body >= _tokens.Count || _tokens[body].Kind != MibTokenKind.Identifier || GuessAt(body) != MibKeyword.Definitions)
        {
            return false;
        }

        body++;
        while (_tokens[body].Kind == MibTokenKind.Identifier && body - at < LongestOid && KeywordAt(body) != MibKeyword.Begin)
        {
            body++;
        }

        body += _tokens[body].Kind == MibTokenKind.Assign ? 1 : 0;
        body += GuessAt(body) == MibKeyword.Begin ? 1 : 0;
        return true;
    }

    private void Body(ModuleDraft draft)
    {
        _module = draft;
        _defined.Clear();
        while (true)
        {
            switch (KeywordAt(_at))
            {
                case MibKeyword.End:
                    _at++;
                    return;
                case MibKeyword.Imports:
                    Imports();
                    break;
                case MibKeyword.Exports:
                    Exports();
                    break;
                default:
                    if (Current.Kind == MibTokenKind.End || IsHeader(_at, out _))
                    {
                        _log.Warn(Current.Line, $"The module {draft.Name} has no END.", "It was taken to end here.");
                        return;
                    }

                    Definition();
                    break;
            }
        }
    }

    private void Exports()
    {
        while (Current.Kind is not (MibTokenKind.Semicolon or MibTokenKind.End) && !StartsDefinition(_at))
        {
            _at++;
        }

        _at += Current.Kind == MibTokenKind.Semicolon ? 1 : 0;
    }
}
