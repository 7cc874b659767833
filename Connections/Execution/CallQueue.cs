namespace Connections.Execution;

/// <summary>
/// Hands out the positions of the inputs: in order, among those whose device has room. An input that is met while its device is full waits
/// with that device, and whoever ends a call there goes on with the oldest that waits. So inputs wait at full devices only, none is ever
/// searched for, and a slow device holds up nobody else's. Thread-safe.
/// </summary>
/// <param name="devices">The device of each input; null for one that counts towards no device.</param>
/// <param name="maxPerDevice">How many calls a device bears at once.</param>
internal sealed class CallQueue(IReadOnlyList<string?> devices, int maxPerDevice)
{
    private readonly Dictionary<string, Room> _rooms = [];
    private readonly Lock _mutex = new();
    private int _next;

    /// <summary>Ends a turn, if the caller had one, and gives it the next.</summary>
    /// <returns>Null if there is none that the others will not take.</returns>
    public Turn? Next(Turn? ended = null)
    {
        lock (_mutex)
        {
            if (ended?.Room is { } left)
            {
                if (left.Waiting.TryDequeue(out var oldest))
                {
                    return new Turn(oldest, left);
                }

                left.Running--;
            }

            return NextWithRoom();
        }
    }

    private Turn? NextWithRoom()
    {
        while (_next < devices.Count)
        {
            var index = _next++;
            var room = RoomOf(devices[index]);
            if (room is null || room.Running < maxPerDevice)
            {
                room?.Running += 1;
                return new Turn(index, room);
            }

            room.Waiting.Enqueue(index);
        }

        return null;
    }

    private Room? RoomOf(string? device)
    {
        if (device is null || maxPerDevice == int.MaxValue)
        {
            return null;
        }

        if (!_rooms.TryGetValue(device, out var room))
        {
            _rooms.Add(device, room = new Room());
        }

        return room;
    }

    /// <summary>The right to make the call of one input.</summary>
    /// <param name="Index">The position of the input.</param>
    /// <param name="Room">Where the call counts; null if nowhere.</param>
    internal readonly record struct Turn(int Index, Room? Room);

    /// <summary>The calls of one device.</summary>
    internal sealed class Room
    {
        public int Running { get; set; }

        public Queue<int> Waiting { get; } = [];
    }
}
