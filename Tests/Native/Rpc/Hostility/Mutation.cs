using Connections.Native.Rpc.Wire;

namespace Connections.Native.Tests.Rpc.Hostility;

/// <summary>Frames as no honest peer sends them: mostly with one field that is wrong.</summary>
internal static class Mutation
{
    private static readonly int[] Fields = [0, 4, 8, 12, 16, 20];

    /// <summary>A frame and its body in one.</summary>
    public static byte[] Message(in Frame frame, ReadOnlySpan<byte> body)
    {
        var message = new byte[Frame.Size + body.Length];
        frame.Write(message);
        body.CopyTo(message.AsSpan(Frame.Size));
        return message;
    }

    /// <summary>Changes a field or some bytes, or cuts the message; half of the messages stay as they are but for their body.</summary>
    public static byte[] Of(byte[] message, Random random)
    {
        message = [.. message];
        for (var i = random.Next(3); i > 0; i--)
        {
            var place = random.Next(2) == 0 ? Fields[random.Next(Fields.Length)] : random.Next(message.Length);
            message[place] = random.Next(3) switch { 0 => 0, 1 => 0xFF, _ => (byte)random.Next() };
        }

        return random.Next(10) == 0 ? message[..random.Next(message.Length)] : message;
    }
}
