using Connections.Harness.Labs;
using Connections.Snmp.Mibs.Formatting;

namespace Connections.Harness.Rendering;

/// <summary>
/// A file for each device, <c>FOLDER/DEVICE.txt</c>: what its command gave, or of several commands each below its own line, <c>$ COMMAND</c>. A device none of whose commands succeeded gets none.
/// </summary>
internal sealed class ReportFolder : IReportWriter
{
    private readonly string _folder;
    private readonly VarBindText _text;
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="UsageException">The folder cannot be made.</exception>
    internal ReportFolder(string folder, VarBindText text)
    {
        _folder = folder;
        _text = text;
        Writing(folder, () => Directory.CreateDirectory(folder));
    }

    public void Write(DeviceReport report)
    {
        var succeeded = report.Results.Where(static result => result.IsSuccess).ToList();
        if (succeeded.Count == 0)
        {
            return;
        }

        var sections = report.Work.Commands.Count == 1
            ? succeeded.Select(result => EndLine(ReportText.BodyOf(result.Value, _text)))
            : succeeded.Select(result => $"$ {result.Input.Command}\n{EndLine(ReportText.BodyOf(result.Value, _text))}");
        var path = Path.Combine(_folder, NameFor(report.Name));
        Writing(path, () => File.WriteAllText(path, string.Join('\n', sections)));
        Output.Line(path);
    }

    // The name of a device comes from a testbed, and may hold anything.
    private string NameFor(string device)
    {
        var name = string.Concat(device.Select(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' ? letter : '_')).TrimStart('.');
        var free = name;
        for (var number = 2; !_names.Add(free); number++)
        {
            free = $"{name}-{number}";
        }

        return $"{free}.txt";
    }

    private static string EndLine(string body) => body.Length == 0 || body.EndsWith('\n') ? body : body + "\n";

    private static void Writing(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"'{path}' cannot be written: {error.Message}", error);
        }
    }
}
