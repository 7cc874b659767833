using System.Globalization;

namespace Connections.Native.Sync;

/// <summary>What <c>/proc/PID/stat</c> (proc_pid_stat(5)) says of a process, as far as its identity needs it.</summary>
internal readonly record struct ProcessStat(int ProcessId, char State, ulong StartTime)
{
    // The longest line has 52 numbers of at most 20 digits.
    private const int MaximumLength = 2048;

    // Fields as proc_pid_stat(5) numbers them; those after the name are counted from the state.
    private const int StateField = 3;
    private const int StartTimeField = 22;

    /// <summary>Whether the process has ended: a zombie, or dead.</summary>
    public bool HasEnded => State is 'Z' or 'X' or 'x';

    /// <summary>Reads what the kernel says now; false if there is no such process.</summary>
    public static bool TryRead(int processId, out ProcessStat stat)
    {
        stat = default;
        if (processId <= 0)
        {
            return false;
        }

        Span<byte> line = stackalloc byte[MaximumLength];
        try
        {
            using var file = File.OpenHandle(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));
            line = line[..RandomAccess.Read(file, line, fileOffset: 0)];
        }
        catch (IOException)
        {
            // The process was not there, or ended between the opening and the reading.
            return false;
        }

        return TryParse(line, out stat);
    }

    /// <summary>What the kernel calls a process (<c>/proc/PID/comm</c>); null if there is none, or it is hidden.</summary>
    public static string? ReadName(int processId)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/comm")).TrimEnd('\n');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>
    /// Parses one line. The name in parentheses is whatever the process called itself: it may hold spaces, parentheses, line ends and
    /// numbers, so what follows the last closing parenthesis counts.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out ProcessStat stat)
    {
        stat = default;
        var open = line.IndexOf(" ("u8);
        var close = line.LastIndexOf(") "u8);
        if (open < 0 || close < open + 1
            || !int.TryParse(line[..open], NumberStyles.None, CultureInfo.InvariantCulture, out var processId)
            || !TryGetField(line[(close + 2)..], 0, out var state) || state.Length != 1 || !char.IsAsciiLetter((char)state[0])
            || !TryGetField(line[(close + 2)..], StartTimeField - StateField, out var ticks)
            || !ulong.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var startTime))
        {
            return false;
        }

        stat = new ProcessStat(processId, (char)state[0], startTime);
        return true;
    }

    private static bool TryGetField(ReadOnlySpan<byte> fields, int index, out ReadOnlySpan<byte> field)
    {
        foreach (var range in fields.Split((byte)' '))
        {
            if (index-- == 0)
            {
                field = fields[range];
                return true;
            }
        }

        field = default;
        return false;
    }
}
