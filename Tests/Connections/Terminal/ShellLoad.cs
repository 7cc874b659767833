using System.Text;
using Connections.Terminal;

namespace Connections.Tests.Terminal;

/// <summary>Eight callers with a hundred commands each, of a shell's command line, whose outputs are known to the byte.</summary>
internal static class ShellLoad
{
    public const int Callers = 8;
    public const int Commands = 100;

    // What a server of Telnet is sent, it may take the eighth bit from.
    private const string Ascii = " abc XYZ 012 .,;:!?#$%&*()[]{}<>|/=+-_@^~`\" ";
    private const string Letters = Ascii + "žluť馬";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Runs them all at once, and gives what was not as it should be, in words.</summary>
    public static async Task<string[]> FindWrongOutputsAsync(ITerminal terminal, bool isAscii)
    {
        var callers = Enumerable.Range(0, Callers).Select(caller => Task.Run(() => CallAsync(terminal, caller, isAscii ? Ascii : Letters)));
        return [.. (await Task.WhenAll(callers).WaitAsync(Limit)).OfType<string>()];
    }

    private static async Task<string?> CallAsync(ITerminal terminal, int caller, string letters)
    {
        var random = new Random(caller);
        for (var number = 0; number < Commands; number++)
        {
            var lines = Enumerable.Range(0, random.Next(1, 12)).Select(_ => NewLine(random, letters)).Prepend($"caller {caller}, command {number}").ToArray();
            var output = await terminal.ExecuteAsync($"printf '%s\\n' {string.Join(' ', lines.Select(static line => $"'{line}'"))}");
            if (output != string.Join('\n', lines))
            {
                return $"caller {caller}, command {number}: '{output}' in place of '{string.Join('\n', lines)}'";
            }
        }

        return null;
    }

    private static string NewLine(Random random, string letters)
    {
        var line = new StringBuilder();
        for (var length = random.Next(80); length > 0; length--)
        {
            line.Append(letters[random.Next(letters.Length)]);
        }

        return line.ToString();
    }
}
