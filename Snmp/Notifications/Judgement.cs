namespace Connections.Snmp.Notifications;

/// <summary>What a datagram came to.</summary>
/// <param name="Notification">The notification, if it brought one.</param>
/// <param name="Drop">Why it is dropped, if it is.</param>
/// <param name="AnswerLength">The octets of the answer; 0 for none. That to an inform may be sent only once the inform is delivered.</param>
/// <param name="Key">By what a repetition is recognised; <see langword="null"/> where none can be.</param>
internal readonly record struct Judgement(SnmpNotification? Notification, SnmpNotificationDrop Drop, int AnswerLength, DuplicateKey? Key)
{
    /// <summary>A question that is answered, and brings nothing else.</summary>
    internal static Judgement Answered(int answerLength) => new(null, SnmpNotificationDrop.None, answerLength, null);

    internal static Judgement Dropped(SnmpNotificationDrop reason, int answerLength = 0) => new(null, reason, answerLength, null);

    internal static Judgement Trap(SnmpNotification notification, DuplicateKey? key = null) => new(notification, SnmpNotificationDrop.None, 0, key);

    internal static Judgement Inform(SnmpNotification notification, int answerLength, DuplicateKey key) =>
        new(notification, SnmpNotificationDrop.None, answerLength, key);
}
