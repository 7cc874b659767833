using System.Text;

namespace Connections.Testbeds;

/// <summary>Reads the files of one testbed. Their number and sizes are bounded.</summary>
internal sealed class TestbedSource(CancellationToken cancellationToken)
{
    private const int MaxFiles = 256;
    private const int MaxCharacters = 16 * 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private int _files;

    /// <summary>Where a path leads that stands in a file: relative to the directory of that file.</summary>
    internal static string PathFrom(string file, string path) => Path.Combine(Path.GetDirectoryName(file) ?? "", path);

    /// <param name="path">The file.</param>
    /// <param name="asker">The value that names the file; null when the caller does.</param>
    /// <exception cref="TestbedException">The file cannot be read.</exception>
    internal string Read(string path, TestbedScalar? asker)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (++_files > MaxFiles)
        {
            throw Error($"a testbed has at most {MaxFiles} files, this one among them", innerException: null);
        }

        try
        {
            using var reader = new StreamReader(path, StrictUtf8, detectEncodingFromByteOrderMarks: true);
            return ReadToEnd(reader) ?? throw Error($"the file is longer than {MaxCharacters / (1024 * 1024)} Mi characters", innerException: null);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Error("there is no such file", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw Error(Directory.Exists(path) ? "this is a directory; expected a file" : "the file may not be read by this user", error);
        }
        catch (DecoderFallbackException error)
        {
            throw Error("the file is not in UTF-8", error);
        }
        catch (IOException error)
        {
            throw Error($"the file cannot be read: {error.Message}", error);
        }

        TestbedException Error(string message, Exception? innerException) => asker is null
            ? new TestbedException(message, path, innerException: innerException)
            : TestbedException.At(asker, $"'{path}': {message}", innerException);
    }

    /// <summary>The text; null when it is too long.</summary>
    private static string? ReadToEnd(StreamReader reader)
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        while (reader.Read(buffer) is > 0 and var count)
        {
            if (text.Length + count > MaxCharacters)
            {
                return null;
            }

            text.Append(buffer, 0, count);
        }

        return text.ToString();
    }
}
