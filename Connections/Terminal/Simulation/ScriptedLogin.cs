namespace Connections.Terminal.Simulation;

/// <summary>How a simulated terminal asks for a user. Immutable.</summary>
public sealed record ScriptedLogin
{
    /// <summary>Who may log in; null to ask for a password alone.</summary>
    public string? User { get; init; }

    /// <summary>The password.</summary>
    public required Secret Password { get; init; }

    /// <summary>The question for the user.</summary>
    public string UserPrompt { get; init; } = "Username: ";

    /// <summary>The question for the password.</summary>
    public string PasswordPrompt { get; init; } = "Password: ";

    /// <summary>What is printed to a wrong answer.</summary>
    public string Failure { get; init; } = "% Authentication failed";

    /// <summary>After how many wrong answers the session is closed, from 1.</summary>
    public int Attempts { get; init; } = 3;
}
