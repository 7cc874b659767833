using System.Diagnostics;
using System.Runtime.Versioning;
using Connections.Native.SharedMemory;
using Connections.Native.Sync;
using Connections.Native.Tests.Sync.Processes;
using Connections.Tests;

namespace Connections.Native.Tests.Sync;

/// <summary>Other users, other namespaces, and memory that says anything.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HybridLockSecurityTests : IDisposable
{
    private readonly LocksOfTest _locks = new();

    public void Dispose() => _locks.Dispose();

    [Test]
    public async Task Another_user_cannot_open_a_lock()
    {
        _locks.Open();
        var file = LockNames.FileOf(_locks.Name);

        // By the file's own mode, too: the directory alone might be opened by mistake.
        Assert.That(await RunAsNobodyAsync("cat", file), Does.Contain("Permission denied"));
        Assert.That(await RunAsNobodyAsync("ls", SegmentDirectory.OfUser), Does.Contain("Permission denied"));
        Assert.That(await RunAsNobodyAsync("rm", "-f", file), Does.Contain("Permission denied"));
        Assert.That(File.Exists(file), Is.True);
    }

    [Test]
    public async Task A_process_of_another_pid_namespace_is_refused()
    {
        _locks.Open();
        await using var stranger = LockProcess.Start([.. AsRoot, "unshare", "--pid", "--fork", "--mount-proc"]);

        var answer = await stranger.AskAsync($"open {_locks.Name} ConnectOrCreate");

        Assert.That(answer, Does.StartWith("SharedMemoryException").And.Contain("namespace").And.Contain("container"));
    }

    [Test]
    public void A_file_that_is_no_lock_is_refused_and_can_be_overwritten()
    {
        SegmentDirectory.Prepare(null);
        var file = LockNames.FileOf(_locks.Name);
        File.WriteAllText(file, "not a lock");
        Assert.That(() => _locks.Open(), Throws.TypeOf<SharedMemoryException>().With.Message.Contains(file));
        Assert.That(LockNames.StatusOf(_locks.Name)!.Problem, Does.Contain(file));

        Assert.That(_locks.Open(HybridLockMode.CreateNewOverwrite).WasCreated, Is.True);
    }

    [Test]
    public void A_file_of_the_right_size_with_anything_in_it_is_refused()
    {
        var bytes = new byte[LockLayout.Size];
        new Random(1).NextBytes(bytes);
        SegmentDirectory.Prepare(null);
        File.WriteAllBytes(LockNames.FileOf(_locks.Name), bytes);

        Assert.That(() => _locks.Open(), Throws.TypeOf<SharedMemoryException>().With.Message.Contains("header"));
        Assert.That(_locks.Open(HybridLockMode.CreateNewOverwrite).WasCreated, Is.True);
    }

    [Test]
    public void A_lock_left_from_before_the_machine_was_booted_is_replaced()
    {
        using (var old = new HybridLock(_locks.Name))
        {
            old.Lock();
            using var tampering = new Tampering(_locks.Name);
            tampering.Words[4]++;
        }

        using var fresh = new HybridLock(_locks.Name);
        Assert.That((fresh.WasCreated, fresh.Lock().PreviousOwnerDied), Is.EqualTo((true, false)));
    }

    [Test]
    public void A_link_is_not_followed()
    {
        SegmentDirectory.Prepare(null);
        var file = LockNames.FileOf(_locks.Name);
        File.CreateSymbolicLink(file, "/etc/passwd");

        Assert.That(() => _locks.Open(), Throws.TypeOf<SharedMemoryException>().With.Message.Contains(file));
        File.Delete(file);
    }

    [Test]
    public void Memory_that_says_anything_gives_typed_errors_and_never_harms_the_process()
    {
        var random = new Random(20);
        var rounds = Thoroughness.Choose(2_000, 100_000);
        for (var round = 0; round < rounds; round++)
        {
            // What claims to be of another pid namespace is not even overwritten.
            File.Delete(LockNames.FileOf(_locks.Name));
            using var used = new HybridLock(_locks.Name, HybridLockMode.CreateNewOverwrite);
            used.TryLock(out _);
            using (var tampering = new Tampering(_locks.Name))
            {
                Scribble(tampering.Bytes, random);
            }

            AssertTyped(() => used.TryLock(out _));
            AssertTyped(() => used.Lock(TimeSpan.FromMicroseconds(1)));
            AssertTyped(used.Unlock);
            AssertTyped(() => _ = used.IsHeld);
            AssertTyped(() => HybridLock.Holders());
            AssertTyped(() => HybridLock.Break(_locks.Name));
            AssertTyped(() => new HybridLock(_locks.Name).Dispose());
            AssertTyped(() => new HybridLock(_locks.Name, HybridLockMode.CreateNewExclusive).Dispose());
        }

        File.Delete(LockNames.FileOf(_locks.Name));
        using var last = new HybridLock(_locks.Name);
        Assert.That(last.TryLock(out _), Is.True);
    }

    // A few bytes, mostly where they matter: in the header, the word, and the first slots.
    private static void Scribble(Span<byte> bytes, Random random)
    {
        for (var i = random.Next(1, 24); i > 0; i--)
        {
            var reach = random.Next(4) switch { 0 => 64, 1 => 72, 2 => 256, _ => bytes.Length };
            bytes[random.Next(reach)] = random.Next(3) switch { 0 => 0, 1 => 0xFF, _ => (byte)random.Next() };
        }
    }

    private static void AssertTyped(Action action)
    {
        try
        {
            action();
        }
        catch (Exception error)
        {
            Assert.That(error, Is.InstanceOf<Connections.Pooling.IConnectionError>().Or.InstanceOf<SynchronizationLockException>());
        }
    }

    private static string[] AsRoot => Libc.GetUser() == 0 ? [] : ["sudo", "-n"];

    private static async Task<string> RunAsNobodyAsync(params string[] command)
    {
        string[] all = [.. AsRoot, "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", .. command];
        using var process = Process.Start(new ProcessStartInfo(all[0], all[1..]) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return error;
    }
}
