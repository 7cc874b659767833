using System.Text;
using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;

namespace Connections.Harness.Labs;

/// <summary>Writes recordings. A file appears when it is whole: until then it stands beside its place under another name.</summary>
internal static class RecordingFile
{
    /// <summary>Writes a file.</summary>
    /// <returns>How many variables it has.</returns>
    /// <exception cref="UsageException">The file cannot be written.</exception>
    internal static async Task<long> WriteAsync(
        string path, IAsyncEnumerable<VarBind> varBinds, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var beside = PartialFile.Of(path);
        var writer = Create(path, beside);
        try
        {
            long count;
            await using (writer)
            {
                count = await WriteAsync(writer, varBinds, progress, cancellationToken);
            }

            Put(beside, path);
            return count;
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>Writes to anything.</summary>
    internal static async Task<long> WriteAsync(
        TextWriter writer, IAsyncEnumerable<VarBind> varBinds, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var count = 0L;
        await foreach (var varBind in varBinds.WithCancellation(cancellationToken))
        {
            await writer.WriteAsync($"{Snmprec.Format(varBind)}\n".AsMemory(), cancellationToken);
            count++;
            progress?.Report(count);
        }

        return count;
    }

    private static StreamWriter Create(string path, string beside)
    {
        try
        {
            PartialFile.RemoveAbandoned(path);
            return new StreamWriter(beside, append: false, Encoding.ASCII);
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
