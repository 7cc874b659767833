using Connections.Testbeds;

namespace Connections.Terminal.Simulation;

/// <summary>Reads scripts of simulated terminals.</summary>
internal static class TerminalScriptReader
{
    private const int MostLines = 100_000;
    private const int MostAttempts = 1000;

    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);
    private static readonly string[] Keys =
        ["name", "os", "banner", "login", "prompt", "paging", "echo", "delay", "unknown", "commands", "modes"];

    private static readonly string[] CommandKeys = ["output", "repeat", "delay", "mode", "closes"];
    private static readonly string[] LoginKeys = ["user", "password", "user_prompt", "password_prompt", "failure", "attempts"];

    public static TerminalScript Read(TestbedNode root)
    {
        var node = Checked(root, Keys, "a script");
        var usual = new TerminalScript();
        var script = new TerminalScript
        {
            Name = node.Text("name") ?? usual.Name,
            Os = node.Text("os"),
            Banner = node.Text("banner") ?? "",
            Login = node.TryGet("login", out var login) ? ReadLogin(login) : null,
            Paging = node.TryGet("paging", out var paging) ? ReadPaging(paging) : null,
            Echo = node.Flag("echo") ?? true,
            Delay = node.Seconds("delay", LongestDelay) ?? TimeSpan.Zero,
            Unknown = node.Text("unknown") ?? usual.Unknown,
            Base = ReadMode(node, usual.Base.Prompt),
            Modes = node.Mapping("modes", "modes by name").Entries.ToDictionary(
                static mode => mode.Key, static mode => ReadMode(Checked(mode.Value, ["prompt", "commands"], "a mode"), fallback: null)),
        };
        RequireModes(script, node);
        return script;
    }

    private static ScriptedLogin ReadLogin(TestbedNode written)
    {
        var node = Checked(written, LoginKeys, "a login");
        var usual = new ScriptedLogin { Password = new Secret("") };
        return new ScriptedLogin
        {
            User = node.Text("user"),
            Password = new Secret(node.Text("password") ?? throw TestbedException.At(node, "a login needs a password")),
            UserPrompt = node.Text("user_prompt") ?? usual.UserPrompt,
            PasswordPrompt = node.Text("password_prompt") ?? usual.PasswordPrompt,
            Failure = node.Text("failure") ?? usual.Failure,
            Attempts = node.Integer("attempts", 1, MostAttempts) ?? usual.Attempts,
        };
    }

    private static ScriptedPaging ReadPaging(TestbedNode written)
    {
        var node = Checked(written, ["lines", "prompt", "off"], "paging");
        var usual = new ScriptedPaging();
        return new ScriptedPaging
        {
            Lines = node.Integer("lines", 1, MostLines) ?? usual.Lines,
            Prompt = node.Text("prompt") ?? usual.Prompt,
            Off = node.Text("off"),
        };
    }

    private static ScriptedMode ReadMode(TestbedMapping node, string? fallback) => new()
    {
        Prompt = node.Text("prompt") ?? fallback ?? throw TestbedException.At(node, "a mode needs a prompt"),
        Commands = [.. node.Mapping("commands", "lines with their outputs").Entries.Select(static entry => ReadCommand(entry.Key, entry.Value))],
    };

    private static ScriptedCommand ReadCommand(string line, TestbedNode written)
    {
        try
        {
            if (written is not TestbedMapping)
            {
                return new ScriptedCommand { Line = line, Outputs = ReadOutputs(written) };
            }

            var node = Checked(written, CommandKeys, "a command");
            return new ScriptedCommand
            {
                Line = line,
                Outputs = node.TryGet("output", out var output) ? ReadOutputs(output) : [],
                Repeat = node.Text("repeat") ?? "1",
                Delay = node.Seconds("delay", LongestDelay) ?? TimeSpan.Zero,
                Mode = node.Text("mode"),
                Closes = node.Flag("closes") ?? false,
            };
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw TestbedException.At(written, $"'{line}' is no regular expression that is allowed here: {error.Message}", error);
        }
    }

    private static string[] ReadOutputs(TestbedNode node) => node switch
    {
        TestbedScalar { IsNull: true } => [],
        TestbedScalar scalar => [WithoutLastBreak(scalar.Value)],
        TestbedSequence list => [.. list.Items.SelectMany(ReadOutputs)],
        _ => throw TestbedException.At(node, $"this is {node.Kind}; expected an output, or a list of them"),
    };

    private static string WithoutLastBreak(string text) => text.EndsWith('\n') ? text[..^1] : text;

    private static TestbedMapping Checked(TestbedNode written, string[] keys, string kind)
    {
        var node = written.AsMapping($"{kind}: a mapping with {string.Join(", ", keys)}");
        foreach (var (key, value) in node.Entries)
        {
            if (!keys.Contains(key))
            {
                throw TestbedException.At(value, $"{kind} has no '{key}'; {Spelling.Known(key, keys)}");
            }
        }

        return node;
    }

    private static void RequireModes(TerminalScript script, TestbedMapping node)
    {
        foreach (var mode in script.Modes.Values.Append(script.Base).SelectMany(static mode => mode.Commands).Select(static command => command.Mode))
        {
            if (mode is not (null or ScriptedCommand.BaseMode) && !script.Modes.ContainsKey(mode))
            {
                throw TestbedException.At(node, $"a command leads to the mode '{mode}', which is not described; {Spelling.Known(mode, [.. script.Modes.Keys])}");
            }
        }
    }
}
