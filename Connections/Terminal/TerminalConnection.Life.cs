using Connections.Pooling;
using Connections.Terminal.Ssh;

namespace Connections.Terminal;

// Opening, closing, and bringing a session back in step.
public sealed partial class TerminalConnection
{
    /// <inheritdoc/>
    protected override async Task OpenAsync(CancellationToken cancellationToken)
    {
        var channel = new TerminalChannel(_arguments.NewTransport(), _arguments.Options);
        _channel = channel;
        try
        {
            await WithinLoginTimeoutAsync(channel, cancellationToken).ConfigureAwait(false);
            Prompt = channel.LastPrompt;
        }
        catch (SshException error)
        {
            channel.Dispose();
            throw ErrorOf(error);
        }
        catch (FileNotFoundException error)
        {
            channel.Dispose();
            throw new ProgramMissingException(Describe(error), error) { Alias = Alias, Device = Settings.DeviceName, Program = error.FileName ?? "" };
        }
        catch
        {
            channel.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    protected override Task CloseAsync(CancellationToken cancellationToken)
    {
        _channel?.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>
    /// Makes do with the session where it is in step and its platform keeps nothing but the mode; else replaces it by a new one.
    /// A session that was lost stays lost, which faults the connection.
    /// </summary>
    protected override async Task ResetAsync(CancellationToken cancellationToken)
    {
        if (_channel?.Loss is { } loss)
        {
            throw loss;
        }

        if (_arguments.Platform.IsStateless && await IsBackAsync(cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        await CloseAsync(cancellationToken).ConfigureAwait(false);
        await OpenAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the device shows its first prompt for an empty line.</summary>
    protected override Task<bool> CheckHealthAsync(CancellationToken cancellationToken) => IsBackAsync(cancellationToken);

    /// <inheritdoc/>
    protected override bool LeavesOutOfStep(Exception error) => error is ConfigurationFailedException || base.LeavesOutOfStep(error);

    /// <inheritdoc/>
    protected override void Abort() => _channel?.Dispose();

    private async Task<bool> IsBackAsync(CancellationToken cancellationToken)
    {
        if (_channel is not { IsAtPrompt: true } channel)
        {
            return false;
        }

        try
        {
            await channel.SendAsync("", cancellationToken).ConfigureAwait(false);
            await channel.ReceiveAsync(cancellationToken).ConfigureAwait(false);
            return channel.LastPrompt == Prompt;
        }
        catch (Exception error) when (error is ConnectionLostException or CommandTimeoutException)
        {
            return false;
        }
    }

    private async Task WithinLoginTimeoutAsync(TerminalChannel channel, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_arguments.LoginTimeout);
        try
        {
            await channel.ConnectAsync(limit.Token).ConfigureAwait(false);
            await new TerminalLogin(channel, _arguments).RunAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandTimeoutException(
                $"The {this} showed no prompt that is known within {_arguments.LoginTimeout.TotalSeconds} s{Shown(channel)}. "
                + "Say how the prompt looks with the argument 'prompt', or what the device is with 'os'; or raise 'login_timeout'.",
                error)
            {
                Alias = Alias,
                Device = Settings.DeviceName,
            };
        }
    }

    // Some devices repeat a password that they are sent.
    private string Shown(TerminalChannel channel)
    {
        var text = channel.Unanswered;
        if (_arguments.Password?.Reveal() is { Length: > 0 } password)
        {
            text = text.Replace(password, "****", StringComparison.Ordinal);
        }

        return text.Length == 0 ? ", nor anything else" : $"; it printed last '{text[^Math.Min(text.Length, 200)..]}'";
    }

    private ConnectionException ErrorOf(SshException error) => error.Reason switch
    {
        SshFailure.HostKeyChanged or SshFailure.HostKeyUnknown => new HostKeyException(Describe(error), error)
        {
            Alias = Alias,
            Device = Settings.DeviceName,
            IsChanged = error.Reason == SshFailure.HostKeyChanged,
        },
        SshFailure.AccessDenied => new LoginFailedException(Describe(error), error)
        {
            Alias = Alias,
            Device = Settings.DeviceName,
            User = Settings.Credentials?.Username,
        },
        SshFailure.NotInstalled => new ProgramMissingException(Describe(error), error)
        {
            Alias = Alias,
            Device = Settings.DeviceName,
            Program = Settings.Arguments.GetValueOrDefault("ssh_program", "ssh"),
        },
        _ => new ConnectFailedException(Describe(error), error) { Alias = Alias, Device = Settings.DeviceName },
    };

    private string Describe(Exception error) => $"The {this} could not be connected: {error.Message}";
}
