namespace Connections.Snmp.Mibs.Values;

/// <summary>One octet-format specification of a DISPLAY-HINT (RFC 2579, section 3.1).</summary>
/// <param name="Repeats">Whether an octet in front says how often it is applied (<c>*</c>).</param>
/// <param name="Length">How many octets it takes each time; 0 or more.</param>
/// <param name="Format">How they are written: <c>x</c>, <c>d</c>, <c>o</c>, <c>a</c> or <c>t</c>.</param>
/// <param name="Separator">What is written after each application; NUL for nothing.</param>
/// <param name="Terminator">What is written after the last repetition; NUL for nothing.</param>
internal readonly record struct DisplayHintPart(bool Repeats, int Length, char Format, char Separator, char Terminator)
{
    internal bool IsText => Format is 'a' or 't';
}
