using System.Text;

namespace Connections.Snmp.Engine.Tracing;

/// <summary>
/// A trace in a file that only its owner may read and write: pcap where its name ends in <c>.pcap</c> or <c>.cap</c>, else text. Several devices may share one.
/// Thread-safe.
/// </summary>
public sealed class SnmpTraceFile : ISnmpTraceSink, IAsyncDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly FileStream _stream;
    private readonly StreamWriter? _text;
    private readonly ISnmpTraceSink _sink;

    private SnmpTraceFile(string path, FileStream stream)
    {
        Path = path;
        _stream = stream;
        if (System.IO.Path.GetExtension(path) is ".pcap" or ".cap")
        {
            _sink = new PcapTraceWriter(stream);
        }
        else
        {
            _text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            _sink = new TextTraceWriter(_text);
        }
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Creates the file, or begins one anew that is private already.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be written, or it exists and others than its owner have access to it.</exception>
    public static SnmpTraceFile Create(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var stream = Open(path);
        try
        {
            RequirePrivate(stream, path);
            stream.SetLength(0);
            return new SnmpTraceFile(path, stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(SnmpDatagram datagram) => _sink.WriteAsync(datagram);

    /// <inheritdoc/>
    public ValueTask FlushAsync() => _sink.FlushAsync();

    /// <summary>Closes the file. The traces that write to it must have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_text is not null)
        {
            await _text.DisposeAsync().ConfigureAwait(false);
        }

        await _stream.DisposeAsync().ConfigureAwait(false);
    }

    private static FileStream Open(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Private;
        }

        return new FileStream(path, options);
    }

    // The open file is looked at, not its name, and nothing is written before: so it cannot be another one, and a device is left alone.
    private static void RequirePrivate(FileStream stream, string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(stream.SafeFileHandle) & Others) != 0)
        {
            throw new UnauthorizedAccessException(
                $"The trace '{path}' exists, and others than its owner have access to it. A trace holds communities: remove the file, or chmod 600 it.");
        }
    }
}
