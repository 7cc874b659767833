using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Connections.Snmp.Mibs.Values;

/// <summary>
/// A DISPLAY-HINT (RFC 2579, section 3.1): how the values of a textual convention are written for people, and read back. Immutable, thread-safe.
/// </summary>
/// <remarks>
/// Hints come from files and values from agents, and neither is trusted: no hint and no value makes a method here throw, and what is written stays within a small multiple of the value's
/// length. A hint that names no known format, whose last specification takes no octets (it would never end), or with decimal or octal fields of more than eight octets is none.
/// A missing length, which the RFC does not allow, counts as 1.
/// </remarks>
[DebuggerDisplay("{Text}")]
public sealed partial class DisplayHint
{
    // Far more than all modules of the world have: a bound for files that make hints up.
    private const int MostKept = 10_000;

    private static readonly ConcurrentDictionary<string, DisplayHint?> Compiled = new(StringComparer.Ordinal);

    private readonly ImmutableArray<DisplayHintPart> _parts;
    private readonly char _numberFormat;
    private readonly int _decimals;

    private DisplayHint(string text, ImmutableArray<DisplayHintPart> parts, char numberFormat, int decimals)
    {
        Text = text;
        _parts = parts;
        _numberFormat = numberFormat;
        _decimals = decimals;
    }

    /// <summary>The hint as its module has it, such as <c>2d-1d-1d,1d:1d:1d.1d,1a1d:1d</c>.</summary>
    public string Text { get; }

    /// <summary>Whether it says how a number is written: <c>d</c>, <c>d-2</c>, <c>x</c>, <c>o</c>, <c>b</c>.</summary>
    public bool IsForNumbers => _numberFormat != default;

    /// <summary>Whether it says how octets are written.</summary>
    public bool IsForOctets => !_parts.IsEmpty;

    /// <summary>The hint of a text, compiled once and kept.</summary>
    /// <param name="text">The text of a DISPLAY-HINT clause, or none.</param>
    /// <returns>The hint; <see langword="null"/> where there is no text or it is no hint.</returns>
    public static DisplayHint? Of(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (Compiled.TryGetValue(text, out var kept))
        {
            return kept;
        }

        _ = TryCompile(text, out var hint);
        return Compiled.Count < MostKept ? Compiled.GetOrAdd(text, hint) : hint;
    }

    /// <summary>Compiles a hint.</summary>
    /// <param name="text">The text of a DISPLAY-HINT clause.</param>
    /// <param name="hint">The hint, or <see langword="null"/>.</param>
    /// <returns>Whether the text is a hint for numbers or for octets; some are for both.</returns>
    public static bool TryCompile(string text, [NotNullWhen(true)] out DisplayHint? hint)
    {
        ArgumentNullException.ThrowIfNull(text);
        var isForNumbers = TryReadNumberFormat(text, out var format, out var decimals);
        var parts = ReadParts(text);
        hint = isForNumbers || !parts.IsEmpty ? new DisplayHint(text, parts, format, decimals) : null;
        return hint is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
