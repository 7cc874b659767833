using System.Text;
using System.Threading.Channels;
using Microsoft.Win32.SafeHandles;

namespace Connections.Harness.Commands;

/// <summary>
/// Standard input as channels. A read of it ends with a key or a line only, whatever token it has; so a thread of its own reads, which the end of the process ends.
/// </summary>
internal static class InputPump
{
    private const int StandardInput = 0;
    private const int Size = 1024;

    /// <summary>The lines, as far as they have come; completed at the end of the input.</summary>
    internal static ChannelReader<string> ReadLines() => Pump(static write =>
    {
        while (Console.In.ReadLine() is { } line)
        {
            write(line);
        }
    });

    /// <summary>What is typed, in pieces, until a key that leaves.</summary>
    /// <param name="leaves">The key; it and what follows are not handed on.</param>
    internal static ChannelReader<string> ReadKeys(char leaves) => Pump(write =>
    {
        // Not the console's own stream, which edits lines by itself.
        using var handle = new SafeFileHandle(StandardInput, ownsHandle: false);
        using var input = new FileStream(handle, FileAccess.Read, bufferSize: 0);
        var text = Encoding.UTF8.GetDecoder();
        var bytes = new byte[Size];
        var characters = new char[Size];
        while (input.Read(bytes) is > 0 and var count)
        {
            var keys = new string(characters, 0, text.GetChars(bytes.AsSpan(0, count), characters, flush: false));
            var end = keys.IndexOf(leaves, StringComparison.Ordinal);

            // In raw mode the key that ends a line is a carriage return.
            write((end < 0 ? keys : keys[..end]).Replace('\r', '\n'));
            if (end >= 0)
            {
                return;
            }
        }
    });

    private static ChannelReader<string> Pump(Action<Action<string>> read)
    {
        var channel = Channel.CreateUnbounded<string>();
        var thread = new Thread(() =>
        {
            try
            {
                read(text => channel.Writer.TryWrite(text));
                channel.Writer.Complete();
            }
            catch (Exception error)
            {
                channel.Writer.Complete(error);
            }
        })
        { IsBackground = true, Name = "input" };
        thread.Start();
        return channel.Reader;
    }
}
