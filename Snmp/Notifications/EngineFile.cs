using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Notifications;

/// <summary>The file that keeps an engine's ID and boots, held against other processes until it is disposed.</summary>
internal sealed class EngineFile : IDisposable
{
    private const string IdKey = "engine-id ";
    private const string BootsKey = "boots ";
    private const int Longest = 1_024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _path;
    private readonly FileStream _lock;

    private EngineFile(string path, FileStream heldLock)
    {
        _path = path;
        _lock = heldLock;
    }

    /// <exception cref="SnmpException">Another process has the file, or it may not be written.</exception>
    internal static EngineFile Lock(string path)
    {
        // A lock of its own, because the file itself is replaced by each write.
        var name = path + ".lock";
        try
        {
            CreateDirectory(path);
            return new EngineFile(path, new FileStream(name, Options(FileMode.OpenOrCreate, FileAccess.ReadWrite)));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw Refused(path, $"'{name}' cannot be locked, which keeps two processes from being one engine: {problem.Message}", problem);
        }
    }

    /// <summary>Reads the engine's ID, and how often it was started; <see langword="null"/> where there is no file.</summary>
    /// <exception cref="SnmpException">The file is unreadable or damaged.</exception>
    internal (SnmpEngineId EngineId, int Boots)? Read()
    {
        try
        {
            var file = new FileInfo(_path);
            if (!file.Exists)
            {
                return null;
            }

            var text = file.Length <= Longest ? File.ReadAllText(_path) : "";
            return TryParse(text, out var engine)
                ? engine
                : throw Refused("it is damaged, so that nobody knows how often the engine was started; restore it, or delete it to begin as a new engine with a new ID");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw Refused(_path, $"it cannot be read: {problem.Message}", problem);
        }
    }

    /// <summary>Replaces the file as a whole, so that a crash leaves the old one or the new one.</summary>
    /// <exception cref="SnmpException">The file cannot be written.</exception>
    internal void Write(SnmpEngineId engineId, int boots)
    {
        var replacement = _path + ".new";
        try
        {
            using (var stream = new FileStream(replacement, Options(FileMode.Create, FileAccess.Write)))
            {
                stream.Write(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{IdKey}{engineId}\n{BootsKey}{boots}\n")));
                stream.Flush(flushToDisk: true);
            }

            File.Move(replacement, _path, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw Refused(_path, $"it cannot be written: {problem.Message}", problem);
        }
    }

    internal SnmpException Refused(string reason) => Refused(_path, reason, null);

    public void Dispose() => _lock.Dispose();

    private static SnmpException Refused(string path, string reason, Exception? problem) =>
        new($"The file '{path}', which keeps an SNMP engine's ID and boots, cannot be used: {reason.TrimEnd('.')}.", problem);

    // The line's end is part of it: a number that was cut short would be a smaller one.
    private static bool TryParse(string text, [NotNullWhen(true)] out (SnmpEngineId EngineId, int Boots)? engine)
    {
        engine = null;
        var lines = text.Split('\n');
        if (lines is not [var id, var boots, ""] || !id.StartsWith(IdKey, StringComparison.Ordinal) || !boots.StartsWith(BootsKey, StringComparison.Ordinal))
        {
            return false;
        }

        if (!SnmpEngineId.TryParse(id[IdKey.Length..], out var engineId)
            || !int.TryParse(boots.AsSpan(BootsKey.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
        {
            return false;
        }

        engine = (engineId, number);
        return true;
    }

    private static void CreateDirectory(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is not { } directory || Directory.Exists(directory))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    private static FileStreamOptions Options(FileMode mode, FileAccess access)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }
}
