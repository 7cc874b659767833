using System.Diagnostics.CodeAnalysis;

namespace Connections.Snmp.Protocol.Usm;

/// <summary>
/// The secret of a user, for authentication or for privacy: a password, or a key. Its text form never shows it. Immutable, compared by
/// value, thread-safe.
/// </summary>
public sealed class UsmKey : IEquatable<UsmKey>
{
    private UsmKey(UsmKeyForm form, Secret value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Form = form;
        Value = value;
    }

    /// <summary>What the secret is.</summary>
    public UsmKeyForm Form { get; }

    internal Secret Value { get; }

    /// <summary>Makes a key of a password.</summary>
    /// <param name="password">At least 8 characters; it is used as UTF-8.</param>
    /// <exception cref="ArgumentNullException">The password is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">The password has fewer than 8 characters (RFC 3414 section 11.2), which agents refuse.</exception>
    public static UsmKey Password(Secret password)
    {
        var key = new UsmKey(UsmKeyForm.Password, password);
        return password.Reveal().Length >= UsmKeyRules.ShortestPassword
            ? key
            : throw new ArgumentException(
                $"A password of SNMPv3 has at least {UsmKeyRules.ShortestPassword} characters (RFC 3414 section 11.2); this one is shorter.", nameof(password));
    }

    /// <summary>Makes a key of a password.</summary>
    /// <param name="password">At least 8 characters; it is used as UTF-8.</param>
    /// <exception cref="ArgumentNullException">The password is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">The password has fewer than 8 characters (RFC 3414 section 11.2), which agents refuse.</exception>
    public static UsmKey Password(string password) => Password(new Secret(password));

    /// <summary>Makes a key that is not localized yet.</summary>
    /// <param name="hexadecimal">As many octets as the hash of the authentication protocol has, in hexadecimal digits; <c>0x</c> in front and colons or
    /// blanks between them are allowed.</param>
    /// <exception cref="ArgumentNullException">The key is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">The text is no hexadecimal number of whole octets.</exception>
    public static UsmKey Master(Secret hexadecimal) => FromHexadecimal(UsmKeyForm.Master, hexadecimal);

    /// <summary>Makes a key that is localized: it works with the one engine that it was made for.</summary>
    /// <param name="hexadecimal">As many octets as the hash of the authentication protocol, or the key of the privacy protocol, has, in hexadecimal digits;
    /// <c>0x</c> in front and colons or blanks between them are allowed.</param>
    /// <exception cref="ArgumentNullException">The key is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">The text is no hexadecimal number of whole octets.</exception>
    public static UsmKey Localized(Secret hexadecimal) => FromHexadecimal(UsmKeyForm.Localized, hexadecimal);

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] UsmKey? other) => other is not null && Form == other.Form && Value.Equals(other.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as UsmKey);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Form, Value);

    /// <summary>The form, and <c>****</c>.</summary>
    public override string ToString() => $"{Form} {Value}";

    // The octets of a key that was given in hexadecimal digits.
    internal byte[] GetOctets() => TryParse(Value.Reveal(), out var octets) ? octets : [];

    private static UsmKey FromHexadecimal(UsmKeyForm form, Secret hexadecimal)
    {
        var key = new UsmKey(form, hexadecimal);
        return TryParse(hexadecimal.Reveal(), out _)
            ? key
            : throw new ArgumentException("The key must be given as hexadecimal digits, two for each octet.", nameof(hexadecimal));
    }

    private static bool TryParse(string text, out byte[] octets) => Hexadecimal.TryParse(text, out octets);
}
