namespace Connections.Tests.Locking.Schedules;

/// <summary>A lock did what the model does not.</summary>
internal sealed class DisagreementException(string message) : Exception(message)
{
    public static void Unless(bool agrees, Entry entry, string what)
    {
        if (!agrees)
        {
            throw new DisagreementException($"entry {entry.Number} {what}; for the model it is {entry.Frame.Fate}");
        }
    }

    public static void UnlessRefused(Action action, string what)
    {
        try
        {
            action();
        }
        catch (InvalidOperationException)
        {
            return;
        }

        throw new DisagreementException($"{what} was not refused");
    }
}
