using System.CommandLine;
using Connections.Harness.Rendering;
using Connections.Snmp.Mibs;
using Connections.Snmp.Mibs.Formatting;

namespace Connections.Harness.Commands;

/// <summary>The options that say in which form the results of commands are written, and where.</summary>
internal sealed class ReportForm
{
    private const string Text = "text";
    private const string Json = "json";
    private const string Csv = "csv";
    private const string Folder = "dir";

    private readonly Option<string?> _form = new("--output", "-o")
    {
        Description = $"How results are written: {Text}, {Json} (an object a line), {Csv}, or {Folder}:FOLDER for a file for each device. {Text} if left out.",
        HelpName = "FORM",
    };

    private readonly Option<bool> _json = Options.Json();
    private readonly Option<string?> _letters = OutputForm.Create();

    internal IReadOnlyList<Option> All => [_form, _json, _letters];

    /// <exception cref="UsageException">There is no such form, the options contradict each other, or the folder cannot be made.</exception>
    internal IReportWriter Create(ParseResult parsed)
    {
        var form = parsed.GetValue(_form);
        if (form is not null && parsed.GetValue(_json))
        {
            throw new UsageException("--json and --output exclude each other.");
        }

        var text = new VarBindText(OutputForm.Read(parsed.GetValue(_letters)), MibTree.Current);
        return (form ?? (parsed.GetValue(_json) ? Json : Text)).Split(':', 2) switch
        {
            [Text] => new ReportText(new Output(json: false), text),
            [Json] => new ReportJson(),
            [Csv] => new ReportCsv(text),
            [Folder, { Length: > 0 } path] => new ReportFolder(path, text),
            [Folder, ..] => throw new UsageException($"--output {Folder} needs a folder: {Folder}:FOLDER."),
            _ => throw new UsageException($"--output {form} is no form; it is {Text}, {Json}, {Csv} or {Folder}:FOLDER."),
        };
    }
}
