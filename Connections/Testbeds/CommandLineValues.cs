using System.Globalization;

namespace Connections.Testbeds;

/// <summary>Looks options up on a command line, <c>-name</c> or <c>--name</c>, whatever else stands on it.</summary>
internal static class CommandLineValues
{
    /// <summary>The values of an option, as many as stand before the next one; null when the option is not there. The last one counts.</summary>
    internal static IReadOnlyList<string>? Find(IReadOnlyList<string> words, string name)
    {
        for (var index = words.Count - 1; index >= 0; index--)
        {
            var option = words[index].TrimStart('-');
            if (!IsOption(words[index]))
            {
                continue;
            }

            if (option == name)
            {
                return [.. words.Skip(index + 1).TakeWhile(word => !IsOption(word))];
            }

            if (option.StartsWith($"{name}=", StringComparison.Ordinal))
            {
                return [option[(name.Length + 1)..]];
            }
        }

        return null;
    }

    private static bool IsOption(string word) =>
        word.Length > 1 && word[0] == '-' && !double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
