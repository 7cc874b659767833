namespace Connections.Harness.Tests;

/// <summary>A recording in a folder of its own, until disposed.</summary>
internal sealed class RecordingOf : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("connections-recording");

    internal RecordingOf(string name, string? content = null)
    {
        Path = System.IO.Path.Combine(_folder.FullName, name);
        if (content is not null)
        {
            File.WriteAllText(Path, content);
        }
    }

    internal string Path { get; }

    /// <summary>The names of all files beside the recording, itself included.</summary>
    internal IEnumerable<string> Files => _folder.EnumerateFiles().Select(file => file.Name);

    public void Dispose() => _folder.Delete(recursive: true);
}
