using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection;

// What a lane does with one request after the other. The usual GET needs no state but the lane's; that of the methods for other requests comes from pools.
internal sealed partial class CollectRun
{
    // How many replies a client is asked for at once that takes turns with others, or returns values.
    private const int Burst = 16;

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a request fails with is its outcome; the others go on.")]
    private async Task RunLaneAsync(CollectJob first)
    {
        for (var job = first; job is not null; job = Next(job))
        {
            if (!IsUsual(job))
            {
                await CarryOutAsync(job).ConfigureAwait(false);
                continue;
            }

            _counters.Start();
            job.Start();
            job.ContinuesInline = job.EndsWithItsPage = true;
            try
            {
                var client = job.Client.Result;
                var response = await client.SendAsync(RequestOf(job), _token).ConfigureAwait(false);
                if (response.ErrorStatus != SnmpErrorStatus.NoError)
                {
                    await GetOneLessAsync(job, client, response, _token).ConfigureAwait(false);
                }
            }
            catch (Exception error)
            {
                job.AddError(CollectErrors.Of(error, job.Shape));
            }

            _counters.End(job.End());
        }
    }

    /// <summary>Whether the request is a GET that can be sent at once, by a client that writes values to where they belong.</summary>
    private bool IsUsual(CollectJob job) =>
        job.Shape.Kind == CollectKind.Get
        && job.Request.Options.Deadline is null
        && _output.HasRoom
        && !_token.IsCancellationRequested
        && job.Client is { IsCompletedSuccessfully: true, Result: SnmpClient };

    private static SnmpRequest RequestOf(CollectJob job) => job.Shape.Instances.Into(job, job.Request.Options.Attempts);

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a request fails with is its outcome; the others go on.")]
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask CarryOutAsync(CollectJob job)
    {
        _counters.Start();
        job.Start();
        using var deadline = job.Request.Options.Deadline is { } time ? StartDeadline(time) : null;
        var token = deadline?.Token ?? _token;
        try
        {
            await WaitForRoomAsync(token).ConfigureAwait(false);
            var client = await job.Client.ConfigureAwait(false);
            job.ContinuesInline = client is SnmpClient;
            if (job.Shape.Kind == CollectKind.Get)
            {
                await GetAsync(job, client, token).ConfigureAwait(false);
            }
            else
            {
                await WalkAsync(job, client, token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (deadline is { IsCancellationRequested: true } && !_token.IsCancellationRequested)
        {
            job.AddError(CollectErrors.OfDeadline(job.Request));
        }
        catch (Exception error)
        {
            job.AddError(CollectErrors.Of(error, job.Shape));
        }

        _counters.End(job.End());
    }

    private ValueTask WaitForRoomAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _output.HasRoom ? ValueTask.CompletedTask : Wait();

        async ValueTask Wait()
        {
            while (!_output.HasRoom)
            {
                await _output.WaitForRoomAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    private CancellationTokenSource StartDeadline(TimeSpan time)
    {
        var deadline = CancellationTokenSource.CreateLinkedTokenSource(_token);
        deadline.CancelAfter(time);
        return deadline;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask GetAsync(CollectJob job, ISnmpClient client, CancellationToken cancellationToken)
    {
        var response = await client.SendAsync(RequestOf(job), cancellationToken).ConfigureAwait(false);
        if (response.ErrorStatus != SnmpErrorStatus.NoError)
        {
            await GetOneLessAsync(job, client, response, cancellationToken).ConfigureAwait(false);
        }
        else if (response.VarBinds.Count > 0)
        {
            Write(job, response.VarBinds, [.. Enumerable.Range(0, job.Shape.Roots.Count)]);
        }
    }

    /// <summary>Asks for the others where an error names an instance, as long as there are any.</summary>
    private static async ValueTask GetOneLessAsync(CollectJob job, ISnmpClient client, SnmpResponse response, CancellationToken cancellationToken)
    {
        List<int> asked = [.. Enumerable.Range(0, job.Shape.Roots.Count)];
        while (response.ErrorStatus != SnmpErrorStatus.NoError)
        {
            var isNamed = response.ErrorIndex >= 1 && response.ErrorIndex <= asked.Count;
            var error = CollectErrors.Of(response.ToException(), job.Shape);
            job.AddError(isNamed ? error with { Root = asked[response.ErrorIndex - 1] } : error);
            if (!isNamed || asked.Count == 1)
            {
                return;
            }

            asked.RemoveAt(response.ErrorIndex - 1);
            var rest = SnmpRequest.Get([.. asked.Select(root => job.Shape.Roots[root])]).Trying(job.Request.Options.Attempts);
            response = await client.SendAsync(rest, cancellationToken).ConfigureAwait(false);
        }

        Write(job, response.VarBinds, asked);
    }

    private static void Write(CollectJob job, IReadOnlyList<VarBind> varBinds, List<int> roots)
    {
        job.BeginPage();
        for (var i = 0; i < Math.Min(varBinds.Count, roots.Count); i++)
        {
            if (varBinds[i].Oid == job.Shape.Roots[roots[i]])
            {
                job.Add(roots[i], varBinds[i]);
            }
            else
            {
                job.AddError(CollectErrors.OfOther(job.Shape, roots[i], varBinds[i].Oid));
            }
        }

        job.EndPage(isKept: true);
    }

    private async ValueTask WalkAsync(CollectJob job, ISnmpClient client, CancellationToken cancellationToken)
    {
        var options = job.Request.Options;
        var walk = new WalkRequest
        {
            Roots = job.Shape.Roots,
            Sink = job,
            Attempts = options.Attempts,
            MaxReplies = client is SnmpClient ? int.MaxValue : Burst,
            MaxRepetitions = options.MaxRepetitions,
            MaxRows = options.MaxRecords,
            UsesBulk = options.UsesBulk,
            ToleratesNonIncreasing = options.ToleratesNonIncreasing,
        };
        if (job.Shape.Ranges.Count == 0)
        {
            await WalkRangeAsync(job, client, walk, cancellationToken).ConfigureAwait(false);
            return;
        }

        await WalkRangesAsync(job, client, walk, cancellationToken).ConfigureAwait(false);
    }

    private async Task WalkRangesAsync(CollectJob job, ISnmpClient client, WalkRequest walk, CancellationToken cancellationToken)
    {
        var next = -1;
        var ranges = job.Shape.Ranges;
        var walks = new Task[Math.Min(job.Request.Options.Concurrency, ranges.Count)];
        for (var i = 0; i < walks.Length; i++)
        {
            walks[i] = WalkSomeAsync();
        }

        await Task.WhenAll(walks).ConfigureAwait(false);

        async Task WalkSomeAsync()
        {
            for (var range = Interlocked.Increment(ref next); range < ranges.Count; range = Interlocked.Increment(ref next))
            {
                try
                {
                    await WalkRangeAsync(job, client, walk with { Range = ranges[range] }, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    // The ranges under way may still come to an end; no further one is begun.
                    Volatile.Write(ref next, ranges.Count);
                    job.AddError(CollectErrors.Of(error, job.Shape));
                }
            }
        }
    }

    private async ValueTask WalkRangeAsync(CollectJob job, ISnmpClient client, WalkRequest walk, CancellationToken cancellationToken)
    {
        while (true)
        {
            var burst = await client.CollectAsync(walk, cancellationToken).ConfigureAwait(false);
            Write(job, burst.VarBinds);
            if (burst.Next is not { } cursor)
            {
                return;
            }

            walk = walk with { Cursor = cursor };
            await WaitForRoomAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static void Write(CollectJob job, IReadOnlyList<VarBind> varBinds)
    {
        if (varBinds.Count == 0)
        {
            return;
        }

        var roots = job.Shape.Roots;
        var root = 0;
        job.BeginPage();
        foreach (var varBind in varBinds)
        {
            // Columns come in turns, or one after the other.
            for (var i = 0; i < roots.Count && !varBind.Oid.StartsWith(roots[root]); i++)
            {
                root = (root + 1) % roots.Count;
            }

            if (varBind.Oid.StartsWith(roots[root]))
            {
                job.Add(root, varBind);
            }
        }

        job.EndPage(isKept: true);
    }
}
