using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Connections.Native.Sync;

namespace Connections.Native.Tests.Sync;

[Platform("Linux")]
[SupportedOSPlatform("linux")]
public sealed class ProcessIdentityTests
{
    [Test]
    public void This_process_is_itself_and_alive()
    {
        var current = ProcessIdentity.Current;

        Assert.That(current.ProcessId, Is.EqualTo(Environment.ProcessId));
        Assert.That(current.IsAlive(), Is.True);
        Assert.That(ProcessIdentity.TryGet(Environment.ProcessId, out var found), Is.True);
        Assert.That(found, Is.EqualTo(current));
    }

    [Test]
    public async Task A_child_is_alive_until_it_is_killed()
    {
        using var child = Start("sleep", "600");
        Assert.That(ProcessIdentity.TryGet(child.Id, out var identity), Is.True);
        Assert.That(identity.IsAlive(), Is.True);
        Assert.That(identity.StartTime, Is.GreaterThanOrEqualTo(ProcessIdentity.Current.StartTime));

        await KillAsync(child);

        Assert.That(identity.IsAlive(), Is.False);
        Assert.That(ProcessIdentity.TryGet(child.Id, out _), Is.False);
    }

    [Test]
    public async Task A_child_that_ended_by_itself_is_not_alive()
    {
        using var child = Start("cat");
        Assert.That(ProcessIdentity.TryGet(child.Id, out var identity), Is.True);

        child.StandardInput.Close();
        await child.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.That(identity.IsAlive(), Is.False);
    }

    [Test]
    public async Task A_killed_process_whose_parent_never_noticed_is_not_alive()
    {
        // The shell becomes a `sleep`, which knows nothing of the child that it has and leaves it a zombie.
        using var parent = Start("sh", "-c", "sleep 600 & echo $!; exec sleep 600 >/dev/null");
        try
        {
            var line = await parent.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));
            var childId = int.Parse(line!, CultureInfo.InvariantCulture);
            Assert.That(ProcessIdentity.TryGet(childId, out var identity), Is.True);

            using (var child = Process.GetProcessById(childId))
            {
                child.Kill();
            }

            Assert.That(identity.IsAlive, Is.False.After(30).Seconds.PollEvery(5).MilliSeconds);
            Assert.That(File.ReadAllText($"/proc/{childId}/stat"), Does.Contain(") Z "));
            Assert.That(ProcessIdentity.TryGet(childId, out _), Is.False);
        }
        finally
        {
            await KillAsync(parent);
        }
    }

    [Test]
    public async Task A_process_with_a_misleading_name_is_identified()
    {
        var script = Path.Combine(Directory.CreateTempSubdirectory().FullName, ") Z 1 (2\n) 3");
        await File.WriteAllTextAsync(script, "#!/bin/sh\nread line\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var child = Start(script);
        try
        {
            Assert.That(await File.ReadAllTextAsync($"/proc/{child.Id}/stat"), Does.Contain("() Z 1 (2\n) 3)"));
            Assert.That(ProcessIdentity.TryGet(child.Id, out var identity), Is.True);
            Assert.That(identity.ProcessId, Is.EqualTo(child.Id));
            Assert.That(identity.StartTime, Is.GreaterThanOrEqualTo(ProcessIdentity.Current.StartTime));
            Assert.That(identity.IsAlive(), Is.True);
        }
        finally
        {
            await KillAsync(child);
            Directory.Delete(Path.GetDirectoryName(script)!, recursive: true);
        }
    }

    [Test]
    public void A_process_that_got_the_id_of_an_earlier_one_is_another()
    {
        var earlier = ProcessIdentity.Current with { StartTime = ProcessIdentity.Current.StartTime - 1 };

        Assert.That(earlier.IsAlive(), Is.False);
    }

    [Test]
    public void An_id_of_another_pid_namespace_is_refused()
    {
        var elsewhere = ProcessIdentity.Current with { PidNamespace = 42 };

        Assert.That(elsewhere.IsAlive, Throws.InvalidOperationException.With.Message.Contains("pid namespace 42"));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(int.MinValue)]
    [TestCase(int.MaxValue)]
    public void No_process_has_an_impossible_id(int processId) =>
        Assert.That(ProcessIdentity.TryGet(processId, out _), Is.False);

    private static Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    private static async Task KillAsync(Process process)
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }
}
