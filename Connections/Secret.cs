using System.Security.Cryptography;
using System.Text;

namespace Connections;

/// <summary>
/// A password, community or key. Its text form is <c>****</c>, so that a log line, an error message or a debugger view of whatever
/// holds it never shows it; <see cref="Reveal"/> is the only way to the text. Immutable and thread-safe.
/// </summary>
public sealed class Secret : IEquatable<Secret>
{
    private const string Mask = "****";
    private readonly string _value;

    /// <summary>Wraps a text.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public Secret(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    /// <summary>The text itself, to be handed to the device and to nothing else.</summary>
    public string Reveal() => _value;

    /// <inheritdoc/>
    public bool Equals(Secret? other) =>
        other is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(_value), Encoding.UTF8.GetBytes(other._value));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Secret);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode(StringComparison.Ordinal);

    /// <summary>Always <c>****</c>.</summary>
    public override string ToString() => Mask;
}
