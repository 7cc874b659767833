using System.Buffers.Binary;
using System.Text;

namespace Connections.Native.Rpc.Wire;

/// <summary>Bodies that are a number and two texts: greetings, refusals, exceptions.</summary>
internal static class TextBody
{
    /// <summary>The most characters of one text; what is longer is cut.</summary>
    public const int LongestText = 16 * 1024;

    private const int HeadSize = 2 * sizeof(uint);

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    /// <summary>Writes such a body.</summary>
    public static byte[] Write(uint number, string first, string second = "")
    {
        var (one, two) = (Utf8.GetBytes(Cut(first)), Utf8.GetBytes(Cut(second)));
        var body = new byte[HeadSize + one.Length + two.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(body, number);
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(sizeof(uint)), (uint)one.Length);
        one.CopyTo(body, HeadSize);
        two.CopyTo(body, HeadSize + one.Length);
        return body;
    }

    /// <summary>Reads such a body.</summary>
    /// <exception cref="RpcProtocolException">It is none.</exception>
    public static (uint Number, string First, string Second) Read(ReadOnlySpan<byte> body)
    {
        if (body.Length < HeadSize || BinaryPrimitives.ReadUInt32LittleEndian(body[sizeof(uint)..]) is var length && length > (uint)(body.Length - HeadSize))
        {
            throw new RpcProtocolException($"A greeting or an error of {body.Length} bytes was received that is too short for what it says: the peer does not speak this protocol.");
        }

        var texts = body[HeadSize..];
        return (BinaryPrimitives.ReadUInt32LittleEndian(body), Utf8.GetString(texts[..(int)length]), Utf8.GetString(texts[(int)length..]));
    }

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText];
}
