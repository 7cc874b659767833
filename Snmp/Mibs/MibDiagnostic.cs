namespace Connections.Snmp.Mibs;

/// <summary>What was found wrong in a file of MIB modules. It never keeps anything else from being loaded.</summary>
/// <param name="File">The path of the file, or folder.</param>
/// <param name="Line">The line in it, from 1; 0 where it is about the file as a whole.</param>
/// <param name="Severity">How much is lost by it.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Hint">What to do about it, or what was understood instead; empty where there is nothing to say.</param>
public sealed record MibDiagnostic(string File, int Line, MibSeverity Severity, string Message, string Hint = "")
{
    /// <summary>In one line, as compilers print it: <c>ACME-MIB.txt:17: warning: … Hint: …</c></summary>
    public override string ToString() => Severity switch
    {
        MibSeverity.Error => Write("error"),
        MibSeverity.Warning => Write("warning"),
        _ => Write("note"),
    };

    private string Write(string severity) => $"{File}{(Line > 0 ? $":{Line}" : "")}: {severity}: {Message}{(Hint.Length > 0 ? $" {Hint}" : "")}";
}
