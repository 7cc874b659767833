namespace Connections.Testbeds;

/// <summary>The markup of pyATS that is not followed here, and why.</summary>
internal static class MarkupNames
{
    internal static TestbedException Refuse(TestbedScalar scalar, string name) => TestbedException.At(scalar, name switch
    {
        "CALLABLE" => "%CALLABLE{} is refused: a testbed runs no code; compute the value outside and use %ENV{NAME}",
        "ENC" => "%ENC{} is refused: it hides a secret only from sight; use %ENV{NAME} or %ASK{}",
        "INTF" => "%INTF{} is refused: logical interfaces are not looked up; write the interface's own name",
        "INCLUDE" => "%INCLUDE{} stands for the content of a file, so it must be the whole value",
        _ => $"there is no markup %{name}{{}}; %{{path.of.keys}}, %{{self}}, %ENV{{NAME}}, %ENV{{NAME, default}}, %ASK{{prompt}}, "
            + "%CLI{name} and %INCLUDE{file} are understood",
    });
}
