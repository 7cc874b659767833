using System.Globalization;
using Connections.Native.SharedMemory;

namespace Connections.Native.Tests.SharedMemory.Processes;

/// <summary>What a process of the tests does with its channel, mostly forever: it is there to be killed meanwhile.</summary>
internal sealed class ChannelSession : IDisposable
{
    private SharedChannelListener? _listener;
    private SharedChannel? _channel;

    /// <summary>Does what a line says, or begins to.</summary>
    public string Answer(string[] words)
    {
        try
        {
            return words switch
            {
                ["connect", var name] => Connect(name, TimeSpan.FromMicroseconds(30)),
                ["connect", var name, "to-spin"] => Connect(name, TimeSpan.FromHours(1)),
                ["listen", var name] => Listen(name),
                ["echo"] => Begin(EchoAsync),
                ["await"] => Begin(async channel => await channel.ReceiveAsync()),
                ["sleep"] => BeginThread(static channel => channel.Receive(Timeout.InfiniteTimeSpan)),
                ["flood", var length] => Begin(channel => FloodAsync(channel, int.Parse(length, CultureInfo.InvariantCulture))),
                ["flood-asleep", var length] => BeginThread(channel => Flood(channel, int.Parse(length, CultureInfo.InvariantCulture))),
                ["close"] => Close(),
                _ => $"unknown: {string.Join(' ', words)}",
            };
        }
        catch (Exception error)
        {
            return $"{error.GetType().Name}: {error.Message}";
        }
    }

    public void Dispose()
    {
        Close();
        _listener?.DisposeAsync().AsTask().Wait();
    }

    /// <summary>The message that has a number, of a flood of messages that are so long.</summary>
    public static byte[] MessageOf(long number, int length)
    {
        var message = new byte[length];
        Array.Fill(message, (byte)number);
        BitConverter.TryWriteBytes(message, number);
        return message;
    }

    private string Connect(string name, TimeSpan spinBudget)
    {
        _channel = SharedChannel.ConnectAsync(name, new SharedChannelOptions { SpinBudget = spinBudget }).AsTask().Result;
        return "connected";
    }

    private string Listen(string name)
    {
        _listener = SharedChannelListener.Listen(name);
        return "listening";
    }

    private string Begin(Func<SharedChannel, Task> action)
    {
        _ = Task.Run(() => action(_channel!));
        return "begun";
    }

    private string BeginThread(Action<SharedChannel> action)
    {
        new Thread(() => action(_channel!)) { IsBackground = true }.Start();
        return "begun";
    }

    private string Close()
    {
        _channel?.DisposeAsync().AsTask().Wait();
        return "closed";
    }

    private static async Task EchoAsync(SharedChannel channel)
    {
        while (await channel.ReceiveAsync() is { } message)
        {
            await channel.SendAsync(message);
        }
    }

    private static async Task FloodAsync(SharedChannel channel, int length)
    {
        for (var number = 0L; ; number++)
        {
            await channel.SendAsync(MessageOf(number, length));
        }
    }

    private static void Flood(SharedChannel channel, int length)
    {
        for (var number = 0L; ; number++)
        {
            channel.Send(MessageOf(number, length), Timeout.InfiniteTimeSpan);
        }
    }
}
