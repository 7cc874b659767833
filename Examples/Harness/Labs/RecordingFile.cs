namespace Connections.Harness.Labs;

/// <summary>
/// Writes recordings. A file appears when it is whole: until then it stands beside its place under another name. It is its owner's alone, since a device may have printed secrets.
/// </summary>
internal static class RecordingFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">Its place.</param>
    /// <param name="write">Writes all of it.</param>
    /// <exception cref="UsageException">The file cannot be written.</exception>
    internal static async Task<T> WriteAsync<T>(string path, Func<TextWriter, Task<T>> write)
    {
        var beside = PartialFile.Of(path);
        var writer = Create(path, beside);
        try
        {
            T written;
            await using (writer)
            {
                written = await write(writer);
            }

            Put(beside, path);
            return written;
        }
        finally
        {
            File.Delete(beside);
        }
    }

    private static StreamWriter Create(string path, string beside)
    {
        try
        {
            PartialFile.RemoveAbandoned(path);
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.Read };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            return new StreamWriter(beside, options);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The recording '{path}' cannot be written: {error.Message}", error);
        }
    }

    private static void Put(string beside, string path)
    {
        try
        {
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The recording '{path}' cannot be written: {error.Message}", error);
        }
    }
}
