using System.Runtime.CompilerServices;

namespace Connections.Snmp.Collection;

/// <summary>Reads blocks that stand one after the other in a stream, such as a file.</summary>
public static class BlockReader
{
    /// <summary>Reads block after block, to the end of the stream. Only one is in memory at a time, of at most <see cref="ResultBlock.MaxLength"/> octets.</summary>
    /// <param name="stream">The blocks; hostile ones do no harm.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The blocks, which the caller disposes, each before the next is asked for.</returns>
    /// <exception cref="ResultBlockException">While reading: what comes is no block, or the stream ends in the middle of one.</exception>
    /// <exception cref="OperationCanceledException">While reading: the token was cancelled.</exception>
    public static async IAsyncEnumerable<ResultBlock> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var octets = new byte[ResultBlockWriter.UsualLength];
        while (true)
        {
            var prefix = await stream.ReadAtLeastAsync(
                octets.AsMemory(0, ResultBlock.PrefixLength), ResultBlock.PrefixLength, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            if (prefix == 0)
            {
                yield break;
            }

            var error = ResultBlock.TryReadLength(octets.AsSpan(0, prefix), out var length);
            if (error != ResultBlockError.None)
            {
                throw new ResultBlockException(error);
            }

            if (octets.Length < length)
            {
                Array.Resize(ref octets, length);
            }

            var rest = octets.AsMemory(prefix, length - prefix);
            if (await stream.ReadAtLeastAsync(rest, rest.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < rest.Length)
            {
                throw new ResultBlockException(ResultBlockError.Truncated);
            }

            yield return ResultBlock.Read(octets.AsMemory(0, length));
        }
    }
}
