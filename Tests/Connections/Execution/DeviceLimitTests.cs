using System.Collections.Concurrent;
using Connections.Execution;

namespace Connections.Tests.Execution;

/// <summary>No more calls of one device at once than allowed, and no device held up by another.</summary>
public sealed class DeviceLimitTests
{
    [Test]
    public async Task A_slow_device_holds_up_no_other()
    {
        var gate = new TaskCompletionSource();
        var begun = new ConcurrentQueue<(string Device, int Number)>();
        var inputs = Inputs("slow", 10).Concat(Inputs("fast", 10)).ToArray();
        var run = ParallelCall.RunAsync<(string Device, int Number), int>(
            inputs,
            async (input, _) =>
            {
                begun.Enqueue(input);
                await (input.Device == "slow" ? gate.Task : Task.CompletedTask);
                return input.Number;
            },
            new ParallelCallOptions { MaxParallelism = 2, MaxPerDevice = 1 },
            deviceOf: static input => input.Device);

        await Bounded.Until(() => begun.Count == 11);
        Assert.That(begun, Is.EqualTo(Inputs("slow", 1).Concat(Inputs("fast", 10))));
        gate.SetResult();

        var results = await run.Within();
        Assert.That(results.Select(static result => result.Input), Is.EqualTo(inputs));
        Assert.That(begun.Where(static input => input.Device == "slow"), Is.EqualTo(Inputs("slow", 10)), "The calls of a device begin in their order.");
    }

    [Test]
    public async Task A_thousand_devices_never_get_more_calls_at_once_than_they_bear()
    {
        const int Devices = 1000;
        const int CallsEach = 30;
        const int MaxPerDevice = 3;
        const int MaxParallelism = 64;
        var devices = Enumerable.Range(0, Devices).ToDictionary(static number => $"r{number}", static _ => new Load());
        var all = new Load();
        var calls = new ConcurrentDictionary<(string, int), int>();
        var shuffled = devices.Keys.SelectMany(static name => Inputs(name, CallsEach)).ToArray();
        new Random(1).Shuffle(shuffled);
        (string Device, int Number)[] inputs = [.. shuffled, .. Inputs("r0", 1000)];

        var results = await ParallelCall.RunAsync(
            inputs,
            (input, _) => all.CarryAsync(() => devices[input.Device].CarryAsync(
                () => ValueTask.FromResult(calls.AddOrUpdate(input, 1, static (_, count) => count + 1)))),
            new ParallelCallOptions { MaxParallelism = MaxParallelism, MaxPerDevice = MaxPerDevice },
            deviceOf: static input => input.Device).Within();

        Assert.That(results.ThrowIfAnyFailed(), Has.Count.EqualTo(inputs.Length));
        Assert.That(calls.Values.Sum(), Is.EqualTo(inputs.Length));
        Assert.That(devices.Values.Max(static load => load.Most), Is.InRange(1, MaxPerDevice));
        Assert.That(all.Most, Is.InRange(1, MaxParallelism));
    }

    [Test]
    public void Inputs_are_handed_out_as_a_search_from_the_start_each_time_would_find_them([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        string?[] devices = [.. Enumerable.Range(0, 300).Select(_ => random.Next(8) is > 0 and var number ? $"r{number}" : null)];
        var maxPerDevice = random.Next(1, 4);
        var queue = new CallQueue(devices, maxPerDevice);
        var running = new List<CallQueue.Turn>();
        var begun = new HashSet<int>();

        while (begun.Count < devices.Length || running.Count > 0)
        {
            CallQueue.Turn? ended = null;
            if (running.Count > 0 && random.Next(3) > 0)
            {
                ended = running[random.Next(running.Count)];
                running.Remove(ended.Value);
            }

            var expected = FirstWithRoom(devices, begun, running, maxPerDevice);
            var next = queue.Next(ended);
            Assert.That(next?.Index, Is.EqualTo(expected), $"after {begun.Count} inputs");
            if (next is { } turn)
            {
                begun.Add(turn.Index);
                running.Add(turn);
            }
        }
    }

    [Test]
    public async Task An_input_without_a_device_counts_towards_none()
    {
        var gate = new TaskCompletionSource();
        var begun = 0;
        var run = ParallelCall.RunAsync(
            Enumerable.Range(0, 10),
            async (input, _) =>
            {
                Interlocked.Increment(ref begun);
                await gate.Task;
                return input;
            },
            new ParallelCallOptions { MaxPerDevice = 1 },
            deviceOf: static _ => null);

        Assert.That(begun, Is.EqualTo(10));
        gate.SetResult();
        await run.Within();
    }

    [Test]
    public async Task Devices_as_inputs_tell_their_names_and_the_commands_of_each_run_one_after_the_other()
    {
        Device[] devices = [NewDevice("r1"), NewDevice("r2")];
        var loads = devices.ToDictionary(static device => device, static _ => new Load());

        var results = await ParallelCall.RunOnEachAsync(
            devices,
            Enumerable.Range(0, 50).ToArray(),
            (device, command, _) => loads[device].CarryAsync(() => ValueTask.FromResult($"{command} on {device}")),
            new ParallelCallOptions { MaxPerDevice = 1 }).Within();

        Assert.That(results.Select(static result => result.Device).Distinct(), Is.EqualTo(new[] { "r1", "r2" }));
        Assert.That(results[99].Value, Is.EqualTo("49 on r2"));
        Assert.That(loads.Values.Select(static load => load.Most), Is.All.EqualTo(1));
    }

    [Test]
    public async Task The_calls_of_a_full_device_end_with_all_others_at_the_overall_timeout()
    {
        var time = new FakeTime();
        var run = ParallelCall.RunAsync(
            Inputs("slow", 5).Concat(Inputs("other", 5)),
            static async (input, token) =>
            {
                await Task.Delay(Timeout.Infinite, token);
                return 0;
            },
            new ParallelCallOptions { MaxPerDevice = 1, MaxParallelism = 2, OverallTimeout = TimeSpan.FromSeconds(5), TimeProvider = time },
            deviceOf: static input => input.Device);

        time.Advance(TimeSpan.FromSeconds(5));

        var results = await run.Within();
        Assert.That(results.Select(static result => result.Error), Is.All.TypeOf<CallTimeoutException>());
        Assert.That(results, Has.Count.EqualTo(10));
    }

    [Test]
    public void A_limit_per_device_over_inputs_that_tell_no_device_is_refused() => Assert.That(
        static () => ParallelCall.StreamAsync(["r1"], static (name, _) => ValueTask.FromResult(name), new ParallelCallOptions { MaxPerDevice = 1 }),
        Throws.ArgumentException.With.Message.Contains("MaxPerDevice needs the device of each input, and a String tells none"));

    private static IEnumerable<(string Device, int Number)> Inputs(string device, int count) =>
        Enumerable.Range(0, count).Select(number => (device, number));

    private static Device NewDevice(string name) => new(new DeviceSettings { Name = name }, new ConnectionClasses());

    private static int? FirstWithRoom(string?[] devices, HashSet<int> begun, List<CallQueue.Turn> running, int maxPerDevice) => Enumerable
        .Range(0, devices.Length)
        .Where(index => !begun.Contains(index))
        .Where(index => devices[index] is not { } device || running.Count(turn => devices[turn.Index] == device) < maxPerDevice)
        .Cast<int?>()
        .FirstOrDefault();
}
