using Connections.Pooling;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection;

/// <summary>Makes errors that blocks hold of what calls throw.</summary>
internal static class CollectErrors
{
    internal static CollectError Of(Exception exception, CollectShape shape) => exception switch
    {
        SnmpErrorStatusException error => new(CollectErrorKind.ErrorStatus, RootOf(error.Oid, shape), (int)error.Status, error.Message),
        SnmpWalkException error => new(CollectErrorKind.NotIncreasing, RootOf(error.Root, shape), 0, error.Message),
        _ => new(KindOf(exception), null, 0, exception.Message),
    };

    internal static CollectError OfDeadline(CollectRequest request) => new(
        CollectErrorKind.Timeout, null, 0,
        $"The request '{request.Id}' to '{request.Target}' was not done within its deadline of {request.Options.Deadline}; give it more time, or ask for less.");

    internal static CollectError OfOther(CollectShape shape, int root, in Oid received) => new(
        CollectErrorKind.WrongObject, root, 0, $"The agent answered with {received} where {shape.Roots[root]} was asked for.");

    private static CollectErrorKind KindOf(Exception exception) => exception switch
    {
        TimeoutException => CollectErrorKind.Timeout,
        OperationCanceledException => CollectErrorKind.Cancelled,
        SnmpAuthenticationException => CollectErrorKind.Authentication,
        UnknownTargetException or UnknownDeviceException or UnknownAliasException => CollectErrorKind.UnknownTarget,
        ConnectFailedException or NotConnectedException or ConnectionLostException => CollectErrorKind.NotConnected,
        ArgumentException => CollectErrorKind.InvalidRequest,
        _ => CollectErrorKind.Other,
    };

    private static int? RootOf(Oid? oid, CollectShape shape)
    {
        for (var i = 0; oid is { } name && i < shape.Roots.Count; i++)
        {
            if (name.StartsWith(shape.Roots[i]))
            {
                return i;
            }
        }

        return null;
    }
}
