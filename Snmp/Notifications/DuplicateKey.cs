using Connections.Snmp.Transport;

namespace Connections.Snmp.Notifications;

/// <summary>By what a repetition of a notification is recognised.</summary>
/// <param name="Source">Who sent an inform; default for a signed trap, which may be copied to come from anywhere.</param>
/// <param name="Id">The request-id of an inform, the message ID of a trap.</param>
/// <param name="Content">A hash of the rest, since a sender that was restarted may use its numbers again.</param>
internal readonly record struct DuplicateKey(DatagramEndPoint Source, int Id, int Content);
