using System.Runtime.InteropServices;
using System.Text;

namespace Connections.Terminal.Ssh;

/// <summary>
/// A private folder through which an OpenSSH client gets its secrets: named pipes, so that no secret ever stands in a file, an argument or the
/// environment of a process. The client runs the program <c>askpass</c> in it, which answers that client alone, and a password's question alone.
/// </summary>
internal sealed partial class SshSecrets : IDisposable
{
    /// <summary>
    /// Runs in a shell, with the folder and then the client and its arguments: writes the helper, tells the helper whom to answer, and becomes the client.
    /// A shell writes the helper, since a program cannot be run while any process holds it open to write, as one that .NET is starting might.
    /// </summary>
    public const string Launcher =
        """
        folder=$1
        shift
        umask 077
        echo $$ >"$folder/client"
        cat >"$folder/askpass" <<'END'
        #!/bin/sh
        # ssh runs this to ask for a secret; "$1" is its question. A jump host's client is not answered: it is another's child.
        folder=${0%/*}
        read -r client <"$folder/client"
        case $PPID:$1 in
            *"(yes/no"*) pipe= ;;
            "$client:"*assphrase*) pipe=$folder/passphrase ;;
            "$client:"*assword*) pipe=$folder/password ;;
            *) pipe= ;;
        esac
        [ -p "$pipe" ] || { printf 'It was asked: %s\n' "$1" >&2; exit 1; }
        IFS= read -r secret <"$pipe"
        printf '%s\n' "$secret"
        END
        chmod 700 "$folder/askpass"
        exec "$@" 2>"$folder/errors"
        """;

    private const int LongestSecret = 1024;
    private const int LongestError = 4096;

    // A client asks once for each of two methods, and once for each key; a pipe holds more than that.
    private const int Answers = 16;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("connections-ssh-");
    private readonly List<FileStream> _pipes = [];

    /// <param name="password">The answer to the question for a password; null for none.</param>
    /// <param name="passphrase">The answer to the question for a passphrase; null for none.</param>
    /// <exception cref="ArgumentException">A secret is of several lines, or too long.</exception>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public SshSecrets(Secret? password, Secret? passphrase)
    {
        try
        {
            Offer("password", password);
            Offer("passphrase", passphrase);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The folder.</summary>
    public string Folder => _folder.FullName;

    /// <summary>The program that the client asks.</summary>
    public string Helper => Path.Combine(Folder, "askpass");

    /// <summary>Takes the secrets back; the client has no more need of them.</summary>
    public void Withdraw()
    {
        lock (_pipes)
        {
            _pipes.ForEach(static pipe => pipe.Dispose());
            _pipes.Clear();
        }
    }

    /// <summary>The end of what the client has said of errors.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public string ReadErrors()
    {
        var path = Path.Combine(Folder, "errors");
        if (!File.Exists(path))
        {
            return "";
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(-Math.Min(LongestError, file.Length), SeekOrigin.End);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Trim();
    }

    /// <summary>Takes the secrets back and removes the folder.</summary>
    public void Dispose()
    {
        Withdraw();
        if (Directory.Exists(Folder))
        {
            _folder.Delete(recursive: true);
        }
    }

    private void Offer(string name, Secret? secret)
    {
        if (secret is null)
        {
            return;
        }

        var line = Encoding.UTF8.GetBytes(secret.Reveal() + "\n");
        if (line.Length > LongestSecret + 1 || line.AsSpan().IndexOfAny((byte)'\n', (byte)'\r', (byte)0) != line.Length - 1)
        {
            throw new ArgumentException($"The {name} cannot be given to OpenSSH: it must be one line of at most {LongestSecret} bytes.");
        }

        var path = Path.Combine(Folder, name);
        if (MakePipe(path, Convert.ToUInt32("600", 8)) != 0)
        {
            throw new IOException($"No named pipe can be made in '{Folder}': {Marshal.GetLastPInvokeErrorMessage()}.");
        }

        // Opened for both directions, so that neither side waits for the other to open it, and what is written waits in the pipe.
        var pipe = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        _pipes.Add(pipe);
        for (var answer = 0; answer < Answers; answer++)
        {
            pipe.Write(line);
        }
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakePipe(string path, uint mode);
}
