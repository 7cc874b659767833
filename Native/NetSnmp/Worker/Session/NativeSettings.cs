using System.Runtime.InteropServices;
using System.Text;
using Connections.NetSnmp.Worker.Binding;
using Connections.NetSnmp.Worker.Messages;
using Connections.Snmp.Protocol.Usm;

namespace Connections.NetSnmp.Worker.Session;

/// <summary>The settings in the library's form, in memory that does not move. It copies most of it with each session that is opened.</summary>
internal sealed unsafe class NativeSettings : IDisposable
{
    private const int UserSecurityModel = 3;
    private const int LongestPassword = 1024;

    private readonly List<nint> _blocks = [];
    private SessionStructure _session;

    /// <exception cref="NetSnmpUnavailableException">This build of the library lacks a protocol.</exception>
    internal NativeSettings(NetSnmpLibrary library, WorkerSettings settings)
    {
        SessionStructure session;
        library.InitializeSession(&session);
        session.Version = settings.Version;
        session.PeerName = Text(settings.PeerName, out _);
        session.LocalName = settings.LocalName is null ? null : Text(settings.LocalName, out _);
        session.Community = Octets(settings.Community, out session.CommunityLength);
        if (settings.User is { } user)
        {
            FillUser(library, &session, user);
        }

        _session = session;
    }

    internal void Fill(SessionStructure* session) => *session = _session;

    /// <inheritdoc/>
    public void Dispose()
    {
        _session = default;
        foreach (var block in _blocks)
        {
            NativeMemory.Free((void*)block);
        }

        _blocks.Clear();
    }

    private void FillUser(NetSnmpLibrary library, SessionStructure* session, WorkerUser user)
    {
        session->SecurityModel = UserSecurityModel;
        session->SecurityLevel = user.Level;
        session->SecurityName = Text(user.Name, out session->SecurityNameLength);
        session->ContextName = Text(user.ContextName, out session->ContextNameLength);
        if (user.ContextEngineId.Length > 0)
        {
            session->ContextEngineId = Octets(user.ContextEngineId, out session->ContextEngineIdLength);
        }

        if (user.EngineId.Length > 0)
        {
            session->SecurityEngineId = Octets(user.EngineId, out session->SecurityEngineIdLength);
        }

        if (user.Authentication is { } authentication)
        {
            session->AuthenticationProtocol = Find(authentication, library.FindAuthentication, library.AuthenticationName, &session->AuthenticationProtocolLength);
            FillKey(library, session, authentication, session->AuthenticationKey, &session->AuthenticationKeyLength,
                &session->LocalizedAuthenticationKey, &session->LocalizedAuthenticationKeyLength);
        }

        if (user.Privacy is { } privacy)
        {
            session->PrivacyProtocol = Find(privacy, library.FindPrivacy, library.PrivacyName, &session->PrivacyProtocolLength);
            FillKey(library, session, privacy, session->PrivacyKey, &session->PrivacyKeyLength,
                &session->LocalizedPrivacyKey, &session->LocalizedPrivacyKeyLength);
        }
    }

    // Keys of privacy are made by the hash of authentication too (RFC 3414 section 2.6).
    private void FillKey(
        NetSnmpLibrary library, SessionStructure* session, WorkerKey key, byte* master, nuint* masterLength, byte** localized, nuint* localizedLength)
    {
        switch (key.Form)
        {
            case UsmKeyForm.Localized:
                *localized = Octets(key.Octets, out *localizedLength);
                break;

            case UsmKeyForm.Master:
                key.Octets.CopyTo(new Span<byte>(master, SessionStructure.LongestKey));
                *masterLength = (nuint)key.Octets.Length;
                break;

            default:
                *masterLength = SessionStructure.LongestKey;
                var password = stackalloc byte[LongestPassword];
                key.Octets.CopyTo(new Span<byte>(password, LongestPassword));
                var error = library.MakeKey(
                    session->AuthenticationProtocol, (uint)session->AuthenticationProtocolLength, password, (nuint)key.Octets.Length, master, masterLength);
                new Span<byte>(password, LongestPassword).Clear();
                if (error != 0)
                {
                    throw new NetSnmpUnavailableException($"Net-SNMP's library cannot make a key for {key.Protocol} ({library.Describe(error)}); its policy may forbid it.");
                }

                break;
        }
    }

    private static nuint* Find(
        WorkerKey key, delegate* unmanaged<byte*, int> find, delegate* unmanaged<int, nuint*, nuint*> name, nuint* length)
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(key.Protocol + '\0'))
        {
            var number = find(text);
            var found = number < 0 ? null : name(number, length);
            return found is not null
                ? found
                : throw new NetSnmpUnavailableException(
                    $"Net-SNMP's library was built without {key.Protocol}. Choose another protocol; or leave out 'backend: netsnmp', and the managed engine is used.");
        }
    }

    private byte* Text(string text, out nuint length)
    {
        var octets = Encoding.UTF8.GetBytes(text + '\0');
        length = (nuint)octets.Length - 1;
        return Copy(octets);
    }

    private byte* Octets(byte[] octets, out nuint length)
    {
        length = (nuint)octets.Length;
        return Copy(octets);
    }

    private byte* Copy(byte[] octets)
    {
        var memory = (byte*)NativeMemory.Alloc((nuint)Math.Max(octets.Length, 1));
        _blocks.Add((nint)memory);
        octets.CopyTo(new Span<byte>(memory, octets.Length));
        return memory;
    }
}
