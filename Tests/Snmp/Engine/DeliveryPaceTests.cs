using Connections.Snmp.Engine;

namespace Connections.Snmp.Tests.Engine;

/// <summary>Where the code that awaits results goes on: on the engine's thread as long as it is quick.</summary>
internal sealed class DeliveryPaceTests
{
    private static readonly TimeSpan Quick = TimeSpan.FromMicroseconds(3);
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(1);

    private DeliveryPace _pace = null!;
    private long _now;

    [SetUp]
    public void Begin() => (_pace, _now) = (new DeliveryPace(), 1_000_000);

    [Test]
    public void Quick_code_stays_on_the_thread()
    {
        Note(Quick, times: 10_000);

        Assert.That(_pace.IsQuick(_now), Is.True);
    }

    [Test]
    public void A_delivery_that_the_machine_delayed_now_and_then_is_forgiven()
    {
        for (var i = 0; i < 100; i++)
        {
            Note(Quick, times: 100);
            Note(TimeSpan.FromMicroseconds(90));
            Assert.That(_pace.IsQuick(_now), Is.True);
        }
    }

    [Test]
    public void What_is_measured_is_the_share_of_each_result()
    {
        _pace.Note(1_000, TimeSpan.FromMilliseconds(3), _now);

        Assert.That(_pace.IsQuick(_now), Is.True);
    }

    [Test]
    public void Slow_code_leaves_for_a_time_that_doubles_up_to_a_second_as_long_as_it_stays_slow()
    {
        foreach (var rest in new[] { 20, 40, 80, 160, 320, 640, 1_000, 1_000 })
        {
            Note(Slow);
            Assert.That(_pace.IsQuick(_now + rest - 1), Is.False);
            Assert.That(_pace.IsQuick(_now + rest), Is.True);
            _now += rest;
        }
    }

    [Test]
    public void Code_that_was_quick_for_long_leaves_briefly_again()
    {
        Note(Slow);
        Note(Slow);
        _now += 10_000;

        Note(Slow);

        Assert.That(_pace.IsQuick(_now + 20), Is.True);
    }

    [Test]
    public void Code_that_held_the_thread_up_leaves_for_a_second()
    {
        _pace.NoteHeldUp(_now);

        Assert.That(_pace.IsQuick(_now + 999), Is.False);
        Assert.That(_pace.IsQuick(_now + 1_000), Is.True);
    }

    private void Note(TimeSpan elapsed, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            _pace.Note(1, elapsed, _now);
        }
    }
}
