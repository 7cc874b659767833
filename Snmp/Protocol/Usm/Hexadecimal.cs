namespace Connections.Snmp.Protocol.Usm;

/// <summary>Octets as people write them: hexadecimal digits, with or without <c>0x</c> in front and colons, hyphens or blanks between.</summary>
internal static class Hexadecimal
{
    public static bool TryParse(ReadOnlySpan<char> text, out byte[] octets)
    {
        octets = [];
        text = text.Trim();
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            text = text[2..];
        }

        var digits = new char[text.Length];
        var count = 0;
        foreach (var character in text)
        {
            if (character is not (':' or '-' or ' '))
            {
                digits[count++] = character;
            }
        }

        var result = new byte[count / 2];
        var valid = count > 0 && count % 2 == 0
            && Convert.FromHexString(digits.AsSpan(0, count), result, out _, out _) == System.Buffers.OperationStatus.Done;
        Array.Clear(digits);
        octets = valid ? result : [];
        return valid;
    }
}
