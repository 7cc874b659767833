using System.Globalization;
using System.Text;

namespace Connections.Native.Sync;

/// <summary>What a process runs, in the words of its command line (<c>/proc/PID/cmdline</c>) that no secret can be among: its program, and a sub-command.</summary>
internal static class ProcessCommand
{
    private const int MaximumLength = 4096;
    private const int LongestWord = 64;
    private const string Host = "dotnet";
    private const string Assembly = ".dll";

    /// <summary>Reads what the kernel says now; null if there is no such process, or it is hidden.</summary>
    public static string? Read(int processId)
    {
        var line = new byte[MaximumLength];
        try
        {
            using var file = File.OpenHandle(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/cmdline"));
            line = line[..RandomAccess.Read(file, line, fileOffset: 0)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        return Describe(Encoding.UTF8.GetString(line).Split('\0', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The program's file name, and the word after it if that is a plain one; null for no words.</summary>
    public static string? Describe(ReadOnlySpan<string> words)
    {
        if (words.IsEmpty)
        {
            return null;
        }

        var program = NameOf(words[0]);
        words = words[1..];
        if (program == Host && FindAssembly(words) is var index and >= 0)
        {
            program = NameOf(words[index][..^Assembly.Length]);
            words = words[(index + 1)..];
        }

        return !words.IsEmpty && IsSubCommand(words[0]) ? $"{program} {words[0]}" : program;
    }

    private static int FindAssembly(ReadOnlySpan<string> words)
    {
        for (var index = 0; index < words.Length; index++)
        {
            if (words[index].EndsWith(Assembly, StringComparison.OrdinalIgnoreCase))
            {
                return index;
            }
        }

        return -1;
    }

    // A process may call itself anything, also what would command a terminal.
    private static string NameOf(string path)
    {
        var name = Path.GetFileName(path);
        name = name.Length > LongestWord ? name[..LongestWord] : name;
        return string.Concat(name.Select(static character => char.IsControl(character) ? '.' : character));
    }

    private static bool IsSubCommand(string word) => word.Length is > 0 and <= 20 && word.All(static letter => letter is (>= 'a' and <= 'z') or '-') && word[0] != '-';
}
