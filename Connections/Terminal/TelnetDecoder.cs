using System.Buffers;

namespace Connections.Terminal;

/// <summary>
/// Takes the commands of the Telnet protocol (RFC 854) out of what a peer sends, and refuses every option that it asks for
/// or offers. Keeps its place between calls, so that a command may be cut anywhere. Not thread-safe.
/// </summary>
internal sealed class TelnetDecoder
{
    private const byte SubnegotiationEnd = 240;
    private const byte Subnegotiation = 250;
    private const byte Will = 251;
    private const byte Wont = 252;
    private const byte Do = 253;
    private const byte Dont = 254;

    private State _state = State.Data;

    /// <summary>The byte that starts a command; doubled, it stands for itself.</summary>
    public const byte Iac = 255;

    private enum State
    {
        Data,
        Command,
        Wish,
        Offer,
        Refusal,
        Subnegotiation,
        SubnegotiationCommand,
    }

    /// <summary>Decodes what has arrived.</summary>
    /// <param name="received">The bytes as they came.</param>
    /// <param name="data">Receives what the peer's program printed.</param>
    /// <param name="replies">Receives what must be sent back.</param>
    public void Decode(ReadOnlySpan<byte> received, IBufferWriter<byte> data, IBufferWriter<byte> replies)
    {
        foreach (var value in received)
        {
            _state = Next(value, data, replies);
        }
    }

    private State Next(byte value, IBufferWriter<byte> data, IBufferWriter<byte> replies)
    {
        switch (_state)
        {
            case State.Command:
                return Command(value, data);
            case State.Wish:
                replies.Write([Iac, Wont, value]);
                return State.Data;
            case State.Offer:
                replies.Write([Iac, Dont, value]);
                return State.Data;
            case State.Refusal:
                return State.Data;
            case State.Subnegotiation:
                return value == Iac ? State.SubnegotiationCommand : State.Subnegotiation;
            case State.SubnegotiationCommand:
                return value == SubnegotiationEnd ? State.Data : State.Subnegotiation;
            default:
                return value == Iac ? State.Command : Print(value, data);
        }
    }

    private static State Command(byte value, IBufferWriter<byte> data) => value switch
    {
        Iac => Print(value, data),
        Do => State.Wish,
        Will => State.Offer,
        Wont or Dont => State.Refusal,
        Subnegotiation => State.Subnegotiation,
        _ => State.Data,
    };

    // A NUL only follows a carriage return that stands alone, or fills time.
    private static State Print(byte value, IBufferWriter<byte> data)
    {
        if (value != 0)
        {
            data.Write([value]);
        }

        return State.Data;
    }
}
