namespace Connections.Snmp.Mibs.Parsing;

/// <summary>Finds the keyword of a word, also of one in the wrong case or with an underscore for a hyphen.</summary>
internal static class MibKeywords
{
    private const int Longest = 18;

    private static readonly (string Word, MibKeyword Keyword)[] Words =
    [
        ("DEFINITIONS", MibKeyword.Definitions), ("BEGIN", MibKeyword.Begin), ("END", MibKeyword.End), ("IMPORTS", MibKeyword.Imports),
        ("EXPORTS", MibKeyword.Exports), ("FROM", MibKeyword.From), ("MACRO", MibKeyword.Macro), ("OBJECT", MibKeyword.Object),
        ("IDENTIFIER", MibKeyword.Identifier), ("OBJECT-TYPE", MibKeyword.ObjectType), ("MODULE-IDENTITY", MibKeyword.ModuleIdentity),
        ("OBJECT-IDENTITY", MibKeyword.ObjectIdentity), ("NOTIFICATION-TYPE", MibKeyword.NotificationType), ("TRAP-TYPE", MibKeyword.TrapType),
        ("OBJECT-GROUP", MibKeyword.ObjectGroup), ("NOTIFICATION-GROUP", MibKeyword.NotificationGroup),
        ("MODULE-COMPLIANCE", MibKeyword.ModuleCompliance), ("AGENT-CAPABILITIES", MibKeyword.AgentCapabilities),
        ("TEXTUAL-CONVENTION", MibKeyword.TextualConvention), ("SYNTAX", MibKeyword.Syntax), ("WRITE-SYNTAX", MibKeyword.WriteSyntax),
        ("UNITS", MibKeyword.Units), ("ACCESS", MibKeyword.Access), ("MAX-ACCESS", MibKeyword.MaxAccess), ("MIN-ACCESS", MibKeyword.MinAccess),
        ("STATUS", MibKeyword.Status), ("DESCRIPTION", MibKeyword.Description), ("REFERENCE", MibKeyword.Reference),
        ("LAST-UPDATED", MibKeyword.LastUpdated), ("ORGANIZATION", MibKeyword.Organization), ("CONTACT-INFO", MibKeyword.ContactInfo),
        ("PRODUCT-RELEASE", MibKeyword.ProductRelease), ("REVISION", MibKeyword.Revision), ("INDEX", MibKeyword.Index),
        ("AUGMENTS", MibKeyword.Augments), ("IMPLIED", MibKeyword.Implied), ("DEFVAL", MibKeyword.DefVal), ("OBJECTS", MibKeyword.Objects),
        ("NOTIFICATIONS", MibKeyword.Notifications), ("VARIABLES", MibKeyword.Variables), ("ENTERPRISE", MibKeyword.Enterprise),
        ("DISPLAY-HINT", MibKeyword.DisplayHint), ("SEQUENCE", MibKeyword.Sequence), ("OF", MibKeyword.Of), ("CHOICE", MibKeyword.Choice),
        ("SIZE", MibKeyword.Size), ("MIN", MibKeyword.Min), ("MAX", MibKeyword.Max), ("OCTET", MibKeyword.Octet), ("STRING", MibKeyword.String),
        ("BIT", MibKeyword.Bit), ("IMPLICIT", MibKeyword.Implicit), ("EXPLICIT", MibKeyword.Explicit),
    ];

    private static readonly Dictionary<string, MibKeyword>.AlternateLookup<ReadOnlySpan<char>> Exact = LookupOf(StringComparer.Ordinal);
    private static readonly Dictionary<string, MibKeyword>.AlternateLookup<ReadOnlySpan<char>> AnyCase = LookupOf(StringComparer.OrdinalIgnoreCase);

    /// <summary>The keyword that a word is, as it must be written.</summary>
    internal static MibKeyword Find(ReadOnlySpan<char> word) =>
        word.Length <= Longest && char.IsAsciiLetterUpper(word[0]) ? Exact.GetValueOrDefault(word) : MibKeyword.None;

    /// <summary>The keyword that a word was probably meant to be.</summary>
    internal static MibKeyword Guess(ReadOnlySpan<char> word)
    {
        if (word.Length > Longest)
        {
            return MibKeyword.None;
        }

        Span<char> hyphened = stackalloc char[Longest];
        word.Replace(hyphened, '_', '-');
        return AnyCase.GetValueOrDefault(hyphened[..word.Length]);
    }

    /// <summary>Whether a word after a name begins what defines that name.</summary>
    internal static bool Defines(MibKeyword keyword) => keyword is (>= MibKeyword.ObjectType and <= MibKeyword.TextualConvention) or MibKeyword.Macro;

    private static MibKeyword GetValueOrDefault(this Dictionary<string, MibKeyword>.AlternateLookup<ReadOnlySpan<char>> words, ReadOnlySpan<char> word) =>
        words.TryGetValue(word, out var keyword) ? keyword : MibKeyword.None;

    private static Dictionary<string, MibKeyword>.AlternateLookup<ReadOnlySpan<char>> LookupOf(StringComparer comparer) =>
        Words.ToDictionary(static entry => entry.Word, static entry => entry.Keyword, comparer).GetAlternateLookup<ReadOnlySpan<char>>();
}
