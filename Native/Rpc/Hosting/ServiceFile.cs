using System.Globalization;

namespace Connections.Native.Rpc.Hosting;

/// <summary>
/// Reads services files. A section <c>[NAME]</c> is a service; <c>[defaults]</c> holds what sections leave out. Keys are <c>assembly</c>, <c>type</c>,
/// <c>log_directory</c>, <c>min_processes</c>, <c>max_processes</c>, <c>memory_limit</c> (in MiB), and for TCP <c>tcp</c> (HOST:PORT) with <c>certificate</c>,
/// <c>key</c> and <c>authorities</c>, files in the PEM format, which are needed where other machines can connect. Lines that begin with <c>#</c> or <c>;</c> are remarks; paths
/// are relative to the file.
/// </summary>
public static partial class ServiceFile
{
    private const int MostProcesses = 64;
    private const int MostMebibytes = 1 << 20;
    private const string Defaults = "defaults";

    private static readonly string[] Keys = ["assembly", "type", "log_directory", "min_processes", "max_processes", "memory_limit", "tcp", "certificate", "key", "authorities"];

    /// <summary>Reads a file.</summary>
    /// <exception cref="ServiceFileException">It cannot be read, or makes no sense.</exception>
    public static IReadOnlyList<ServiceDefinition> Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ServiceFileException($"{path} cannot be read: {error.Message}", error);
        }

        var sections = Sections(path, lines);
        var defaults = sections.FirstOrDefault(static section => section.Name == Defaults)?.Values ?? [];
        var services = sections.Where(static section => section.Name != Defaults).Select(section => Define(path, section, defaults)).ToList();
        return services.Count > 0 ? services : throw new ServiceFileException($"{path} has no service: write a section [NAME] with assembly and type.");
    }

    private static List<Section> Sections(string path, string[] lines)
    {
        var sections = new List<Section>();
        for (var number = 1; number <= lines.Length; number++)
        {
            var line = lines[number - 1].Trim();
            if (line.Length == 0 || line[0] is '#' or ';')
            {
                continue;
            }

            if (line[0] == '[')
            {
                sections.Add(NewSection(path, number, line, sections));
                continue;
            }

            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
            {
                throw At(path, number, $"'{line}' is neither a section nor a key with a value; write KEY = VALUE");
            }

            var key = line[..equals].TrimEnd();
            if (!Keys.Contains(key))
            {
                throw At(path, number, $"there is no key '{key}'; there are {string.Join(", ", Keys)}");
            }

            var section = sections.LastOrDefault() ?? throw At(path, number, $"the key '{key}' stands before any section; write [NAME] before it");
            if (!section.Values.TryAdd(key, new Entry(line[(equals + 1)..].Trim(), number)))
            {
                throw At(path, number, $"the key '{key}' is given twice; first in line {section.Values[key].Line}");
            }
        }

        return sections;
    }

    private static Section NewSection(string path, int number, string line, List<Section> known)
    {
        var name = line.EndsWith(']') ? line[1..^1].Trim() : "";
        if (name.Length == 0 || !name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
        {
            throw At(path, number, $"'{line}' is no section; write [NAME] with a name of letters, digits, '-', '_' and '.'");
        }

        return known.Any(section => section.Name == name) ? throw At(path, number, $"the section [{name}] is there already") : new Section(name, number, []);
    }

    private static ServiceDefinition Define(string path, Section section, Dictionary<string, Entry> defaults)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var min = Number("min_processes", 1, MostProcesses) ?? 1;
        var max = Number("max_processes", 1, MostProcesses) ?? min;
        if (max < min)
        {
            throw At(path, Find("max_processes")?.Line ?? section.Line, $"max_processes is {max}, and min_processes {min}, which cannot be more");
        }

        var tls = TlsOf(path, section, Find);
        return new ServiceDefinition(section.Name)
        {
            TcpAddress = TcpAddressOf(path, Find("tcp"), tls),
            Tls = tls,
            Assembly = Path.Combine(directory, Required("assembly")),
            Type = Required("type"),
            LogDirectory = Path.Combine(directory, Find("log_directory")?.Value ?? "."),
            MinProcesses = min,
            MaxProcesses = max,
            MemoryLimit = Number("memory_limit", 1, MostMebibytes) is { } mebibytes ? (long)mebibytes << 20 : null,
        };

        Entry? Find(string key) => section.Values.GetValueOrDefault(key) ?? defaults.GetValueOrDefault(key);

        string Required(string key) => Find(key)?.Value is { Length: > 0 } value
            ? value
            : throw At(path, Find(key)?.Line ?? section.Line, $"the section [{section.Name}] needs a value for the key '{key}'");

        int? Number(string key, int least, int most) => Find(key) is not { } entry ? null
            : int.TryParse(entry.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
            : throw At(path, entry.Line, $"the key '{key}' is '{entry.Value}', but must be a whole number from {least} to {most}");
    }

    private static ServiceFileException At(string path, int line, string problem) => new($"{path}:{line}: {problem}.");

    private sealed record Entry(string Value, int Line);

    private sealed record Section(string Name, int Line, Dictionary<string, Entry> Values);
}
