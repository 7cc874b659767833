using Connections.Snmp.Engine;

namespace Connections.Snmp.Tests.Engine;

/// <summary>How large a reply a device is asked for, after what arrived, what it refused and what was lost.</summary>
public sealed class ReplySizingTests
{
    private const int Allowed = 8_000;

    [Test]
    public void Replies_grow_only_after_larger_ones_arrived_whole()
    {
        var sizing = new ReplySizing();
        Assert.That(sizing.AimWithin(Allowed), Is.EqualTo(ReplySizing.Usual));

        sizing.NoteWhole(100, 300);
        Assert.That(sizing.AimWithin(Allowed), Is.EqualTo(ReplySizing.Usual));

        sizing.NoteWhole(100, 1_300);
        Assert.That(sizing.AimWithin(Allowed), Is.EqualTo(2_600));
        Assert.That(sizing.AimWithin(2_000), Is.EqualTo(2_000));
    }

    [Test]
    public void What_the_device_refused_is_never_asked_for_again()
    {
        var sizing = new ReplySizing();
        sizing.NoteTooBig(1_400);

        for (var reply = 0; reply < 100; reply++)
        {
            sizing.NoteWhole(100, 690);
        }

        Assert.That(sizing.AimWithin(Allowed), Is.EqualTo(700));
    }

    [Test]
    public void Losses_in_a_row_shrink_replies_and_arrivals_let_them_grow_again()
    {
        var sizing = new ReplySizing();
        sizing.NoteWhole(100, 1_300);
        sizing.NoteLost(2_600);
        sizing.NoteLost(1_400);
        Assert.That(sizing.AimWithin(Allowed), Is.EqualTo(700));

        for (var reply = 0; reply < 4; reply++)
        {
            sizing.NoteWhole(100, 690);
        }

        Assert.That(sizing.AimWithin(Allowed), Is.EqualTo(1_400));
    }

    [Test]
    public void One_loss_between_arrivals_changes_nothing()
    {
        var sizing = new ReplySizing();
        for (var round = 0; round < 50; round++)
        {
            sizing.NoteLost(ReplySizing.Usual);
            sizing.NoteWhole(100, ReplySizing.Usual - 10);
        }

        Assert.That(sizing.AimWithin(Allowed), Is.GreaterThanOrEqualTo(ReplySizing.Usual));
    }

    [Test]
    public void Nothing_makes_replies_smaller_than_every_entity_must_accept()
    {
        var sizing = new ReplySizing();
        sizing.NoteWhole(100, 200);
        for (var loss = 0; loss < 20; loss++)
        {
            sizing.NoteLost(sizing.AimWithin(Allowed));
            sizing.NoteTooBig(sizing.AimWithin(Allowed));
        }

        Assert.That(sizing.AimWithin(Allowed), Is.EqualTo(ReplySizing.Least));
    }
}
