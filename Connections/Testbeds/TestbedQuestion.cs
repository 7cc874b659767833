namespace Connections.Testbeds;

/// <summary>What <c>%ASK{prompt}</c> asks of a person.</summary>
/// <param name="Prompt">The text between the braces; empty when there is none.</param>
/// <param name="File">The file that asks.</param>
/// <param name="Line">The line of the question, from 1.</param>
/// <param name="Key">The dotted path of the key that the answer is for, such as <c>testbed.credentials.default.password</c>.</param>
/// <param name="IsSecret">Whether the answer is a secret, which must not be seen while it is typed.</param>
public sealed record TestbedQuestion(string Prompt, string File, int Line, string Key, bool IsSecret);
