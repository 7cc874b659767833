namespace Connections.Snmp.Mibs;

/// <summary>How much is lost by what a <see cref="MibDiagnostic"/> tells.</summary>
public enum MibSeverity
{
    /// <summary>Nothing is lost.</summary>
    Information,

    /// <summary>The module breaks a rule; what it means was clear all the same.</summary>
    Warning,

    /// <summary>Something of the module, or all of it, could not be used.</summary>
    Error,
}
