namespace Connections.Snmp.Mibs.Parsing;

/// <summary>What a piece of a module's text is.</summary>
internal enum MibTokenKind : byte
{
    End,
    Identifier,
    Number,
    Text,
    Hexadecimal,
    Binary,
    Assign,
    OpenBrace,
    CloseBrace,
    OpenParenthesis,
    CloseParenthesis,
    OpenBracket,
    CloseBracket,
    Comma,
    Semicolon,
    Dot,
    Range,
    Bar,
    Other,
}
