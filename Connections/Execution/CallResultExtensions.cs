namespace Connections.Execution;

/// <summary>What is done with the results of a <see cref="ParallelCall"/>.</summary>
public static class CallResultExtensions
{
    /// <summary>Gives the values, in the order of the inputs, if all calls succeeded.</summary>
    /// <exception cref="ParallelCallException">Some failed; the message names each.</exception>
    public static IReadOnlyList<TValue> ThrowIfAnyFailed<TInput, TValue>(this IReadOnlyList<CallResult<TInput, TValue>> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var failed = results.Where(static result => !result.IsSuccess).ToList();
        if (failed.Count > 0)
        {
            throw new ParallelCallException(
                $"{failed.Count} of {results.Count} calls failed. {string.Join(" ", failed)}",
                [.. failed.Select(static result => result.Error!)]);
        }

        return [.. results.Select(static result => result.Value)];
    }
}
