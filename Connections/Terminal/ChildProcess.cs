using System.Diagnostics;
using System.Text;

namespace Connections.Terminal;

/// <summary>
/// A program on this machine whose standard input and output are text in both directions. It is not waited for by threads of the pool, of which a
/// lab of many devices would need too many.
/// </summary>
/// <remarks>One read at a time; a write goes on beside it. <see cref="Dispose"/> may be called at any moment, and again.</remarks>
internal sealed class ChildProcess : IDisposable
{
    private const int BufferSize = 64 * 1024;
    private const int StackSize = 256 * 1024;

    private static readonly TimeSpan ExitTimeout = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly bool _endsChildren;
    private readonly Decoder _text = Encoding.UTF8.GetDecoder();
    private readonly object _demand = new();
    private TaskCompletionSource<string>? _reading;
    private bool _isWanted;
    private volatile bool _isDisposed;

    private ChildProcess(Process process, bool endsChildren)
    {
        _process = process;
        _endsChildren = endsChildren;
    }

    /// <summary>Starts a program.</summary>
    /// <param name="start">The program; its standard streams are set here.</param>
    /// <param name="endsChildren">Whether what it has started ends with it.</param>
    /// <exception cref="IOException">It cannot be started.</exception>
    public static ChildProcess Start(ProcessStartInfo start, bool endsChildren)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        try
        {
            var child = new ChildProcess(Process.Start(start)!, endsChildren);
            var output = child._process.StandardOutput.BaseStream;
            new Thread(() => child.Pump(output), StackSize) { IsBackground = true, Name = "Connections terminal" }.Start();
            return child;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new IOException($"The program '{start.FileName}' cannot be started: {error.Message}", error);
        }
    }

    /// <summary>Waits for text.</summary>
    /// <returns>At least one character; null when the program has closed its output.</returns>
    public async ValueTask<string?> ReadAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);

        // A read that was cancelled goes on, and the next one gets what it reads.
        if (_reading is null)
        {
            _reading = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            Demand();
        }

        var text = await _reading.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (text.Length == 0)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return null;
        }

        _reading = null;
        return text;
    }

    /// <summary>Sends text as UTF-8.</summary>
    /// <exception cref="IOException">The program has ended.</exception>
    public async ValueTask WriteAsync(string text, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var bytes = Encoding.UTF8.GetBytes(text);
        var input = _process.StandardInput.BaseStream;

        // A pipe that is full cannot be left by a token alone; it breaks when the program is ended.
        await WriteAndFlushAsync(input, bytes, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The status with which the program ended; null if it has not, within 2 s.</summary>
    public async Task<int?> ExitAsync()
    {
        using var limit = new CancellationTokenSource(ExitTimeout);
        try
        {
            await _process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            return _process.ExitCode;
        }
        catch (Exception error) when (error is OperationCanceledException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Ends the program.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _process.Kill(_endsChildren);
        _process.StandardInput.BaseStream.Dispose();
        Demand();
        _reading?.TrySetResult("");
        _process.Dispose();
    }

    private static async Task WriteAndFlushAsync(Stream input, byte[] bytes, CancellationToken cancellationToken)
    {
        await input.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        await input.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private void Demand()
    {
        lock (_demand)
        {
            _isWanted = true;
            Monitor.Pulse(_demand);
        }
    }

    private void AwaitDemand()
    {
        lock (_demand)
        {
            while (!_isWanted)
            {
                Monitor.Wait(_demand);
            }

            _isWanted = false;
        }
    }

    // Reads when a read is asked for, never ahead: what nobody takes stays with the program.
    private void Pump(Stream output)
    {
        var buffer = new byte[BufferSize];
        var characters = new char[Encoding.UTF8.GetMaxCharCount(BufferSize)];
        var isOver = false;
        while (!isOver)
        {
            AwaitDemand();
            var text = _isDisposed ? "" : ReadText(output, buffer, characters);
            isOver = text.Length == 0;
            _reading?.TrySetResult(text);
        }

        output.Dispose();
    }

    private string ReadText(Stream output, byte[] buffer, char[] characters)
    {
        try
        {
            while (output.Read(buffer) is > 0 and var count)
            {
                if (_text.GetChars(buffer.AsSpan(0, count), characters, flush: false) is > 0 and var length)
                {
                    return new string(characters, 0, length);
                }
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            return "";
        }

        return "";
    }
}
