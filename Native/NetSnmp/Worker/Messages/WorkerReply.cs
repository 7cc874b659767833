using System.Text;

namespace Connections.NetSnmp.Worker.Messages;

/// <summary>A worker's answers: one octet, a <see cref="WorkerOutcome"/>, and what belongs to it.</summary>
internal static class WorkerReply
{
    internal const int HeaderLength = 1;

    /// <summary>An answer of a text.</summary>
    public static byte[] Of(WorkerOutcome outcome, string text = "") => [(byte)outcome, .. Encoding.UTF8.GetBytes(text)];

    /// <summary>Takes an answer apart.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static WorkerOutcome Read(ReadOnlyMemory<byte> reply, out ReadOnlyMemory<byte> content)
    {
        if (reply.IsEmpty || reply.Span[0] > (byte)WorkerOutcome.Unavailable)
        {
            throw new InvalidDataException("This is no answer of a worker.");
        }

        content = reply[HeaderLength..];
        return (WorkerOutcome)reply.Span[0];
    }
}
