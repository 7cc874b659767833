namespace Connections.Testbeds;

/// <summary>Why a markup of pyATS is not followed here.</summary>
internal static class RefusedMarkup
{
    internal static string Explain(string name) => name switch
    {
        "ASK" => "%ASK{} is refused: a testbed is read without a person to ask; use %ENV{NAME}",
        "CLI" => "%CLI{} is refused: this library does not read the command line of its host; use %ENV{NAME}",
        "INCLUDE" => "%INCLUDE{} is refused: one testbed is one file; put the content here",
        "CALLABLE" => "%CALLABLE{} is refused: a testbed runs no code; compute the value outside and use %ENV{NAME}",
        "ENC" => "%ENC{} is refused: it hides a secret only from sight; use %ENV{NAME}",
        _ => $"there is no markup %{name}{{}}; %ENV{{NAME}}, %ENV{{NAME, default}}, %{{path.of.keys}} and %{{self}} are understood",
    };
}
