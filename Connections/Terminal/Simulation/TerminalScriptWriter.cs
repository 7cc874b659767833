using System.Globalization;
using System.Text;

namespace Connections.Terminal.Simulation;

/// <summary>Writes scripts of simulated terminals, so that reading them gives the same.</summary>
internal static class TerminalScriptWriter
{
    public static string Write(TerminalScript script)
    {
        var yaml = new StringBuilder();
        Add(yaml, "", "name", script.Name);
        Add(yaml, "", "os", script.Os);
        Add(yaml, "", "banner", script.Banner.Length > 0 ? script.Banner : null);
        WriteLogin(yaml, script.Login);
        WritePaging(yaml, script.Paging);
        AddPlain(yaml, "echo", script.Echo ? null : "false");
        AddPlain(yaml, "delay", Seconds(script.Delay));
        Add(yaml, "", "unknown", script.Unknown);
        WriteMode(yaml, "", script.Base);
        if (script.Modes.Count > 0)
        {
            yaml.Append("modes:\n");
            foreach (var (name, mode) in script.Modes)
            {
                yaml.Append(CultureInfo.InvariantCulture, $"  {Quote(name)}:\n");
                WriteMode(yaml, "    ", mode);
            }
        }

        return yaml.ToString();
    }

    private static void WriteLogin(StringBuilder yaml, ScriptedLogin? login)
    {
        if (login is null)
        {
            return;
        }

        yaml.Append("login:\n");
        Add(yaml, "  ", "user", login.User);
        Add(yaml, "  ", "password", login.Password.Reveal());
        Add(yaml, "  ", "user_prompt", login.UserPrompt);
        Add(yaml, "  ", "password_prompt", login.PasswordPrompt);
        Add(yaml, "  ", "failure", login.Failure);
        AddPlain(yaml, "  attempts", login.Attempts.ToString(CultureInfo.InvariantCulture));
    }

    private static void WritePaging(StringBuilder yaml, ScriptedPaging? paging)
    {
        if (paging is null)
        {
            return;
        }

        yaml.Append("paging:\n");
        AddPlain(yaml, "  lines", paging.Lines.ToString(CultureInfo.InvariantCulture));
        Add(yaml, "  ", "prompt", paging.Prompt);
        Add(yaml, "  ", "off", paging.Off);
    }

    private static void WriteMode(StringBuilder yaml, string indent, ScriptedMode mode)
    {
        Add(yaml, indent, "prompt", mode.Prompt);
        if (mode.Commands.Count > 0)
        {
            yaml.Append(indent).Append("commands:\n");
        }

        foreach (var command in mode.Commands)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"{indent}  {Quote(command.Line)}:");
            var parts = PartsOf(command);
            if (parts.Count == 0)
            {
                yaml.Append('\n');
                continue;
            }

            yaml.Append(" { ").AppendJoin(", ", parts).Append(" }\n");
        }
    }

    private static List<string> PartsOf(ScriptedCommand command)
    {
        var parts = new List<string>();
        if (command.Outputs.Count > 0)
        {
            // One line break at the end does not count.
            var outputs = command.Outputs.Select(static output => Quote(output.EndsWith('\n') ? output + "\n" : output));
            parts.Add($"output: [{string.Join(", ", outputs)}]");
        }

        parts.AddRange(command.Repeat == "1" ? [] : [$"repeat: {Quote(command.Repeat)}"]);
        parts.AddRange(Seconds(command.Delay) is { } delay ? [$"delay: {delay}"] : []);
        parts.AddRange(command.Mode is { } mode ? [$"mode: {Quote(mode)}"] : []);
        parts.AddRange(command.Closes ? ["closes: true"] : []);
        return parts;
    }

    private static string? Seconds(TimeSpan time) => time == TimeSpan.Zero ? null : time.TotalSeconds.ToString("0.#######", CultureInfo.InvariantCulture);

    private static void Add(StringBuilder yaml, string indent, string key, string? value) => AddPlain(yaml, indent + key, value is null ? null : Quote(value));

    private static void AddPlain(StringBuilder yaml, string key, string? value)
    {
        if (value is not null)
        {
            yaml.Append(key).Append(": ").Append(value).Append('\n');
        }
    }

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"", text.Length + 2);
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' or '\\' => quoted.Append('\\').Append(character),
                '\n' => quoted.Append("\\n"),
                < ' ' or '\x7f' or '\x85' or '\u2028' or '\u2029' or '\ufeff' or >= '\ud800' and <= '\udfff' or '\ufffe' or '\uffff' =>
                    quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}"),
                _ => quoted.Append(character),
            };
        }

        return quoted.Append('"').ToString();
    }
}
