namespace Connections.Harness.Labs;

/// <summary>Reads commands from the words of a command line.</summary>
internal static class CommandWords
{
    /// <summary>
    /// Reads commands for devices with SNMP and with command lines: words from <c>get</c>, <c>walk</c> or <c>set</c> on are an operation, all others are lines as
    /// <see cref="Lines"/> reads them.
    /// </summary>
    /// <exception cref="UsageException">An operation makes no sense, or a word is meant as an option.</exception>
    internal static IReadOnlyList<ILabCommand> Mixed(IEnumerable<string> words)
    {
        var commands = new List<ILabCommand>();
        var operation = new List<string>();
        var lines = new List<string>();
        foreach (var word in words)
        {
            if (operation.Count > 0 && (Operation.IsWithinAssignment(operation) || !(BeginsOperation(word) || IsLine(word))))
            {
                operation.Add(word);
            }
            else if (BeginsOperation(word))
            {
                Flush();
                operation.AddRange(word.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }
            else
            {
                FlushOperation();
                lines.Add(word);
            }
        }

        Flush();
        return commands;

        void Flush()
        {
            FlushOperation();
            commands.AddRange(lines.Count > 0 ? Lines(lines) : []);
            lines.Clear();
        }

        void FlushOperation()
        {
            commands.AddRange(Operation.ParseAll(operation).Select(static parsed => new SnmpCommand(parsed)));
            operation.Clear();
        }
    }

    /// <summary>Reads SNMP operations.</summary>
    /// <exception cref="UsageException">They make no sense.</exception>
    internal static IReadOnlyList<ILabCommand> Operations(IEnumerable<string> words) =>
        [.. Operation.ParseAll(words).Select(static operation => new SnmpCommand(operation))];

    /// <summary>
    /// Reads lines for the command line of a device: an argument with blanks in it is a line of its own, or several where it has line breaks; single words that follow each other are one
    /// line, since a part of a line may do what the whole would not.
    /// </summary>
    /// <exception cref="UsageException">A line is empty, or a word is meant as an option.</exception>
    internal static IReadOnlyList<ILabCommand> Lines(IEnumerable<string> words)
    {
        var lines = new List<string>();
        var isOpen = false;
        foreach (var word in words)
        {
            if (word.StartsWith("--", StringComparison.Ordinal))
            {
                throw new UsageException($"'{word}' is no option here. See --help.");
            }

            if (isOpen && !IsLine(word))
            {
                lines[^1] += $" {word}";
                continue;
            }

            var parts = word.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            isOpen = !IsLine(word) && parts.Length > 0;
            lines.AddRange(parts);
        }

        return lines.Count > 0 ? [.. lines.Select(static line => new TerminalCommand(line))] : throw new UsageException("There is no command: all is blank.");
    }

    private static bool IsLine(string word) => word.AsSpan().ContainsAny(' ', '\r', '\n');

    private static bool BeginsOperation(string word) => Operation.IsVerb(word.Split(' ', 2)[0]);
}
