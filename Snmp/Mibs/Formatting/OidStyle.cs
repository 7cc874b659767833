namespace Connections.Snmp.Mibs.Formatting;

/// <summary>How OIDs are written, as names and as values.</summary>
public enum OidStyle
{
    /// <summary>Module and name, <c>IF-MIB::ifDescr.1</c> (<c>-OS</c>, which is Net-SNMP's default).</summary>
    Module,

    /// <summary>The name alone, <c>ifDescr.1</c> (<c>-Os</c>).</summary>
    Suffix,

    /// <summary>All names from the root on, <c>.iso.org.dod.internet.mgmt.mib-2.interfaces.ifTable.ifEntry.ifDescr.1</c> (<c>-Of</c>).</summary>
    Full,

    /// <summary>In numbers, <c>.1.3.6.1.2.1.2.2.1.2.1</c> (<c>-On</c>).</summary>
    Numeric,

    /// <summary>All names but those of the usual beginnings, <c>interfaces.ifTable.ifEntry.ifDescr.1</c> (<c>-Ou</c>).</summary>
    Ucd,
}
