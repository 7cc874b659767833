using System.Diagnostics;
using Connections.Snmp.Agent;

namespace Connections.Snmp.Tests.Agent;

internal sealed class DelayedRepliesTests
{
    private readonly DelayedReplies _delayed = new();

    [Test]
    public void Replies_are_taken_when_due_the_earliest_first()
    {
        Add(3, TimeSpan.FromHours(3));
        Add(1, TimeSpan.FromHours(1));
        Add(2, TimeSpan.FromHours(2));

        Assert.That(TakeDueAfter(TimeSpan.Zero), Is.Empty);
        Assert.That(TakeDueAfter(TimeSpan.FromHours(2.5)), Is.EqualTo(new byte[] { 1, 2 }));
        Assert.That(TakeDueAfter(TimeSpan.FromHours(4)), Is.EqualTo(new byte[] { 3 }));
    }

    [Test]
    public void The_wait_lasts_until_the_earliest_reply_and_without_one_for_ever()
    {
        Assert.That(_delayed.UntilDue(), Is.EqualTo(Timeout.InfiniteTimeSpan));

        Add(1, TimeSpan.FromHours(2));
        Assert.That(_delayed.UntilDue(), Is.InRange(TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(2)));

        Add(2, TimeSpan.FromMicroseconds(400));
        Assert.That(_delayed.UntilDue(), Is.LessThanOrEqualTo(TimeSpan.FromMicroseconds(401)), "a wait of less than a millisecond is none of a whole one");

        Add(3, TimeSpan.FromTicks(-10));
        Assert.That(_delayed.UntilDue(), Is.EqualTo(TimeSpan.Zero));
    }

    private void Add(byte octet, TimeSpan delay) => _delayed.Add(default, [octet], delay);

    private List<byte> TakeDueAfter(TimeSpan time)
    {
        var taken = new List<byte>();
        while (_delayed.TryTakeDue(Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency), out var reply))
        {
            taken.Add(reply.Octets[0]);
        }

        return taken;
    }
}
