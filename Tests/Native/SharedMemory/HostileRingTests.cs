using System.Runtime.Versioning;
using Connections.Native.SharedMemory;
using Connections.Native.SharedMemory.Rings;

namespace Connections.Native.Tests.SharedMemory;

/// <summary>A ring whose other side writes anything anywhere, at any time. A read or write beyond the ring would end the process.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HostileRingTests : IDisposable
{
    private const int Capacity = 4096;
    private const int Longest = 20_000;

    private static readonly int[] ControlWords = [RingLayout.Tail, RingLayout.Ended, RingLayout.Head, RingLayout.ReaderParking, RingLayout.WriterParking];

    // The ring of bytes ends with the last byte of the memory that may be touched, and so do the control words of the other one.
    private readonly GuardedMemory _control = new(RingLayout.DataStart);
    private readonly GuardedMemory _data = new(Capacity);
    private readonly byte[] _bytes = new byte[Longest];

    public void Dispose()
    {
        _control.Dispose();
        _data.Dispose();
    }

    [Test]
    public void Whatever_the_writer_claims_the_reader_gets_messages_or_a_typed_error()
    {
        var random = new Random(1);
        var (refused, whole) = (0, 0);
        for (var round = 0; round < Thoroughness.HostileInputs; round++)
        {
            Fill(random);
            var reader = NewReader();
            var incoming = new IncomingMessage(Longest);
            try
            {
                for (var i = 0; i < 8; i++)
                {
                    whole += incoming.TryRead(reader, out var message) ? 1 : 0;
                    Assert.That(message.Length, Is.LessThanOrEqualTo(Longest));
                    _ = reader.TryReleaseMuch() || reader.TryRelease();
                    Scribble.Over(_control.Bytes[..RingLayout.ControlSize], ControlWords, random);
                    Scribble.Over(_data.Bytes, [0, 8, 64], random);
                }
            }
            catch (SharedMemoryException)
            {
                refused++;
            }
        }

        Assert.That(refused, Is.GreaterThan(Thoroughness.HostileInputs / 10), "the inputs reach both outcomes");
        Assert.That(whole, Is.GreaterThan(Thoroughness.HostileInputs / 10), "the inputs reach both outcomes");
    }

    [Test]
    public void Whatever_the_reader_claims_the_writer_stays_within_the_ring()
    {
        var random = new Random(2);
        var (refused, written) = (0, 0);
        for (var round = 0; round < Thoroughness.HostileInputs; round++)
        {
            _control.Bytes.Clear();
            var writer = NewWriter();
            try
            {
                for (var i = 0; i < 8; i++)
                {
                    var length = random.Next(Capacity - RingLayout.LengthSize);
                    if (writer.HasRoom(RingLayout.Align(RingLayout.LengthSize + length)))
                    {
                        writer.WriteLength(length);
                        writer.Write(_bytes.AsSpan(0, length));
                        writer.Publish();
                        written++;
                    }

                    Scribble.Over(_control.Bytes[..RingLayout.ControlSize], ControlWords, random);
                }
            }
            catch (SharedMemoryException)
            {
                refused++;
            }
        }

        Assert.That(refused, Is.GreaterThan(Thoroughness.HostileInputs / 10), "the inputs reach both outcomes");
        Assert.That(written, Is.GreaterThan(Thoroughness.HostileInputs / 10), "the inputs reach both outcomes");
    }

    [Test]
    public async Task Memory_that_changes_while_it_is_read_gives_messages_or_typed_errors()
    {
        using var stop = new CancellationTokenSource();
        var scribbling = Task.Factory.StartNew(() => ScribbleUntil(stop.Token), TaskCreationOptions.LongRunning);
        try
        {
            ReadWhileItChanges();
        }
        finally
        {
            await stop.CancelAsync();
            await scribbling.WaitAsync(Eventually.Limit);
        }
    }

    private void ReadWhileItChanges()
    {
        for (var round = 0; round < Thoroughness.HostileInputs; round++)
        {
            var (reader, writer, incoming) = (NewReader(), NewWriter(), new IncomingMessage(Longest));
            try
            {
                for (var i = 0; i < 4; i++)
                {
                    incoming.TryRead(reader, out _);
                    if (writer.HasRoom(1024))
                    {
                        writer.Write(_bytes.AsSpan(0, 1024));
                    }
                }
            }
            catch (SharedMemoryException error)
            {
                Assert.That(error.Message, Does.Contain("damaged"));
            }
        }
    }

    private void ScribbleUntil(CancellationToken stop)
    {
        var random = new Random(3);
        while (!stop.IsCancellationRequested)
        {
            Scribble.Over(_control.Bytes[..RingLayout.ControlSize], ControlWords, random);
            Scribble.Over(_data.Bytes, [0, 8, 64], random);
        }
    }

    // A few right messages to begin with, so that what is wrong is met in the middle too.
    private void Fill(Random random)
    {
        _control.Bytes.Clear();
        var writer = NewWriter();
        for (var i = random.Next(5); i > 0; i--)
        {
            var length = random.Next(600);
            writer.WriteLength(length);
            writer.Write(_bytes.AsSpan(0, length));
            writer.Publish();
        }

        Scribble.Over(_control.Bytes[..RingLayout.ControlSize], ControlWords, random);
        Scribble.Over(_data.Bytes, [0, 8, 64], random);
    }

    private unsafe RingReader NewReader() => new(_control.Start, _data.Start, Capacity);

    private unsafe RingWriter NewWriter() => new(_control.Start, _data.Start, Capacity);
}
