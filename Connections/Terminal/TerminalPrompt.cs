using System.Text.RegularExpressions;

namespace Connections.Terminal;

/// <summary>How the prompts of a session look: at login any, then those of this very device.</summary>
internal sealed class TerminalPrompt
{
    // A word that ends in what prompts end in; it starts with a letter, so that the rules and boxes of a banner are none.
    private const string AnyShape = @"^(?:[\[<(]?{name})?[>#$%\]]{1,3} ?$";
    private const string NameShape = @"(?<name>[\p{L}\p{Nd}_][^\s>#$%][^\r\n>#$%]{0,126}?|[\p{L}\p{Nd}_])";
    private const string NameGroup = "name";

    private readonly Regex? _given;
    private readonly string _shape;
    private readonly string _unique = $"connections-{Guid.NewGuid():N}";

    /// <param name="platform">What is known of the device.</param>
    /// <param name="given">What the user knows of it; null for nothing.</param>
    public TerminalPrompt(TerminalPlatform platform, Regex? given)
    {
        _given = given;
        _shape = platform.Prompt ?? "";
        First = given ?? NewRegex(FirstShape.Replace(TerminalPlatform.NamePlaceholder, NameShape, StringComparison.Ordinal));
    }

    /// <summary>The prompts that may come first.</summary>
    public Regex First { get; }

    /// <summary>Whether the user has said how it looks, so that nothing is learned.</summary>
    public bool IsGiven => _given is not null;

    private string FirstShape => _shape.Contains(TerminalPlatform.NamePlaceholder, StringComparison.Ordinal) ? _shape : AnyShape;

    private bool IsUnique => _shape.Contains(TerminalPlatform.UniquePlaceholder, StringComparison.Ordinal);

    /// <summary>The prompts of a device that has shown one.</summary>
    /// <param name="shown">The one that it has shown, which <see cref="First"/> matches.</param>
    public Regex Learn(string shown)
    {
        if (_given is not null)
        {
            return _given;
        }

        if (IsUnique)
        {
            return NewRegex(Fill(_shape));
        }

        // Without a pattern it is the very text, also at the end of a line that a command has left unfinished.
        return _shape.Length == 0
            ? NewRegex(Regex.Escape(shown) + "$")
            : NewRegex(_shape.Replace(
                TerminalPlatform.NamePlaceholder, Regex.Escape(First.Match(shown).Groups[NameGroup].Value), StringComparison.Ordinal));
    }

    /// <summary>A line of the setup, with the word in it that no output has.</summary>
    public string Fill(string line) => line.Replace(TerminalPlatform.UniquePlaceholder, _unique, StringComparison.Ordinal);

    private static Regex NewRegex(string pattern) => new(pattern, RegexOptions.NonBacktracking);
}
