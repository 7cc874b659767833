using System.Diagnostics;
using System.Text;

namespace Connections.Harness.Tests;

/// <summary>Somebody at a terminal, in which the command runs: <c>script</c> makes the terminal, and passes on what is typed and shown.</summary>
internal sealed class Person : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _unread = new();

    private Person(string command) => _process = Process.Start(new ProcessStartInfo("script", ["-qec", command, "/dev/null"])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    /// <summary>Starts the command; its arguments have no blanks in them.</summary>
    internal static Person At(params string[] arguments) => new(string.Join(' ', [.. ConnectionsProcess.Command, .. arguments]));

    internal async Task TypeAsync(string keys)
    {
        await _process.StandardInput.WriteAsync(keys);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Waits until a text is shown, and gives all that was shown up to its end and not read before.</summary>
    internal async Task<string> ReadUntilAsync(string text)
    {
        var piece = new char[1024];
        while (true)
        {
            var shown = _unread.ToString();
            if (shown.IndexOf(text, StringComparison.Ordinal) is >= 0 and var start)
            {
                _unread.Remove(0, start + text.Length);
                return shown[..(start + text.Length)];
            }

            var count = await _process.StandardOutput.ReadAsync(piece).AsTask().WaitAsync(Patience);
            Assert.That(count, Is.Positive, $"'{text}' was not shown, but: {shown}");
            _unread.Append(piece, 0, count);
        }
    }

    /// <summary>Waits for the end of the command.</summary>
    internal async Task<int> ExitCodeAsync()
    {
        await _process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
