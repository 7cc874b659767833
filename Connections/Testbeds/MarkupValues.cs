namespace Connections.Testbeds;

/// <summary>The values that markup takes from outside of a testbed: from the environment, the command line and a person.</summary>
internal sealed class MarkupValues(TestbedOptions options)
{
    // Aliases and references take one question to many places.
    private readonly Dictionary<(string File, int Line, string Prompt), string> _answers = [];

    /// <exception cref="TestbedException">The name is empty.</exception>
    internal string? FindEnvironment(TestbedScalar scalar, string name) => name.Length > 0
        ? options.Environment(name)
        : throw TestbedException.At(scalar, "%ENV{} names no variable; write %ENV{NAME} or %ENV{NAME, default}");

    /// <summary>The values of an option; one that is there without a value is <c>true</c>, and one that is not there has none.</summary>
    /// <exception cref="TestbedException">The name is empty.</exception>
    internal IReadOnlyList<string> FindOption(TestbedScalar scalar, string name) =>
        name.Length == 0 ? throw TestbedException.At(scalar, "%CLI{} names no option; write %CLI{name}")
        : CommandLineValues.Find(options.CommandLine, name.TrimStart('-')) is not { } values ? []
        : values.Count == 0 ? ["true"]
        : values;

    /// <exception cref="TestbedException">There is nobody to ask, or no answer.</exception>
    internal string Ask(TestbedScalar scalar, string prompt)
    {
        var place = (scalar.File, scalar.Line, prompt);
        if (!_answers.TryGetValue(place, out var answer))
        {
            var ask = options.Ask ?? throw TestbedException.At(
                scalar, "%ASK{} needs a person to ask, and this program asks nobody (TestbedOptions.Ask); use %ENV{NAME}");
            answer = ask(new TestbedQuestion(prompt, scalar.File, scalar.Line, scalar.Path, scalar.IsSecret))
                ?? throw TestbedException.At(scalar, $"the question '{prompt}' was not answered");
            _answers.Add(place, answer);
        }

        return answer;
    }
}
