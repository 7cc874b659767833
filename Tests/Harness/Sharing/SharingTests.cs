namespace Connections.Harness.Tests.Sharing;

/// <summary>What holds however processes take turns.</summary>
public abstract class SharingTests(string sharedBy, string credentials = "{}") : SharingFixture(sharedBy, credentials)
{
    /// <summary>How the one who lost its lock is told.</summary>
    protected abstract string Loss { get; }

    [Test]
    public async Task Two_processes_that_fight_for_a_device_are_never_in_it_together_and_each_has_its_turns()
    {
        var rounds = Thoroughness.Choose(quick: 1000, thorough: 10_000);
        var fighters = new[] { await StartAsync(), await StartAsync() };
        await Task.WhenAll(fighters.Select(static fighter => fighter.AskAsync("fight")));

        await EntriesAsync(rounds);

        Assert.That(await Task.WhenAll(fighters.Select(static fighter => fighter.AskAsync("stop"))), Is.All.EqualTo("0 lost"));
        var wins = Contested.Entries.Take(rounds).CountBy(static process => process).ToDictionary();
        Assert.That(Contested.Overlaps, Is.Zero);
        Assert.That(wins.Keys, Is.EquivalentTo(fighters.Select(static fighter => (uint)fighter.Id)));
        Assert.That(wins.Values, Is.All.AtLeast(rounds / 10));
        TestContext.Out.WriteLine($"{rounds} turns: {string.Join(" and ", wins.Values)}");
    }

    [Test]
    public async Task A_process_killed_inside_lets_the_other_one_in()
    {
        var holder = await StartInsideAsync();
        var other = await StartWaitingAsync();

        await holder.KillAsync();
        Contested.Forget(holder.Id);

        Assert.That(await other.Entered, Is.EqualTo("done"));
        Assert.That(Contested.Overlaps, Is.Zero);
        Assert.That(await other.Process.AskAsync("leave"), Is.EqualTo("done"));
    }

    [Test]
    public async Task Who_waits_in_vain_is_told_which_process_has_the_device_and_what_it_runs()
    {
        var other = await StartAsync();
        var holder = await StartInsideAsync();

        var answer = await other.AskAsync("enter 300");

        Assert.That(answer, Does.StartWith("LockTimeoutException: ").And.Contain(Name).And.Contain($"process {holder.Id} ").And.Contain("Connections.Harness.Tests take-turns"));
        Assert.That(Contested.Holds(other.Id), Is.False);
        Assert.That(await holder.AskAsync("leave"), Is.EqualTo("done"));
        Assert.That(await other.AskAsync("enter 60000"), Is.EqualTo("done"));
    }

    [Test]
    public async Task The_command_shows_who_has_the_device_and_who_waits()
    {
        var holder = await StartInsideAsync();
        var other = await StartWaitingAsync();

        var table = await LocksAsync();
        var found = (await LocksAsync("--json")).Json.Single(record => record.GetProperty("lock").GetString() == LockName);

        Assert.That((table.ExitCode, table.Error), Is.EqualTo((0, "")));
        Assert.That(table.Lines.Single(line => line.Contains(LockName, StringComparison.Ordinal)), Does.Contain($"process {holder.Id} ").And.Contain($"process {other.Process.Id} "));
        Assert.That(found.GetProperty("owner").GetProperty("pid").GetInt32(), Is.EqualTo(holder.Id));
        Assert.That(found.GetProperty("owner").GetProperty("command").GetString(), Is.EqualTo("Connections.Harness.Tests take-turns"));
        Assert.That(found.GetProperty("owner").GetProperty("since").GetDateTimeOffset(), Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(2)));
        Assert.That(found.GetProperty("waiters").EnumerateArray().Select(static waiter => waiter.GetProperty("pid").GetInt32()), Is.EqualTo(new[] { other.Process.Id }));
    }

    [Test]
    public async Task Who_loses_the_device_by_hand_is_told_at_its_next_step_and_the_next_one_has_it()
    {
        var holder = await StartInsideAsync();
        Assert.That(await holder.AskAsync("step"), Is.EqualTo("done"));
        var other = await StartWaitingAsync();

        var broken = await LocksAsync("--break", LockName);

        Assert.That((broken.ExitCode, broken.Error), Is.EqualTo((0, "")));
        Assert.That(broken.Output, Does.Contain(LockName).And.Contain($"process {holder.Id} "));
        Assert.That(await holder.AskAsync("step"), Does.StartWith(Loss).And.Contain(LockName));
        Contested.Forget(holder.Id);
        Assert.That(await other.Entered, Is.EqualTo("done"));
        Assert.That(await holder.AskAsync("leave"), Does.StartWith(Loss));
        Assert.That(await other.Process.AskAsync("leave"), Is.EqualTo("done"));
    }

    [Test]
    public async Task A_lock_that_no_connection_of_the_testbed_has_is_refused() =>
        (await LocksAsync("--break", "nothing/snmp")).AssertFailed(2, "nothing/snmp", LockName);

    // The process, and its answer to the order to enter, for which it waits.
    private async Task<(ToldProcess Process, Task<string> Entered)> StartWaitingAsync()
    {
        // Connecting takes the lock too, so it has to wait for it from the start.
        var process = await StartUnconnectedAsync();
        var entered = EnterAsync(process);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!(await LocksAsync("--json")).Json.Any(record =>
            record.GetProperty("lock").GetString() == LockName && record.GetProperty("waiters").GetArrayLength() > 0))
        {
            Assert.That(entered.IsCompleted, Is.False);
            await pause.WaitForNextTickAsync();
        }

        return (process, entered);

        static async Task<string> EnterAsync(ToldProcess process)
        {
            await process.AskAsync("connect");
            return await process.AskAsync("enter 60000");
        }
    }
}
