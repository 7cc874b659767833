using System.Globalization;
using System.Text;

namespace Connections.Benchmarks.Mibs;

/// <summary>A folder with as many modules as a large vendor's archive has, each with tables, labels and descriptions.</summary>
internal sealed class LargeFolder : IDisposable
{
    internal const int Modules = 1_000;

    private const int Tables = 5;
    private const int Columns = 12;

    internal LargeFolder()
    {
        Path = Directory.CreateTempSubdirectory("large-mibs-").FullName;
        for (var module = 0; module < Modules; module++)
        {
            var text = TextOf(module);
            Octets += text.Length;
            File.WriteAllText(System.IO.Path.Combine(Path, $"ACME-{module}-MIB.txt"), text);
        }
    }

    internal string Path { get; }

    internal long Octets { get; private set; }

    internal static int Names => Modules * (1 + (Tables * (2 + Columns)));

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static string TextOf(int module)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"""
            ACME-{module}-MIB DEFINITIONS ::= BEGIN
            IMPORTS MODULE-IDENTITY, OBJECT-TYPE, Integer32, Counter64, enterprises FROM SNMPv2-SMI
                    TEXTUAL-CONVENTION, DisplayString FROM SNMPv2-TC
                    InterfaceIndex FROM IF-MIB;
            acme{module} MODULE-IDENTITY LAST-UPDATED "202601010000Z" ORGANIZATION "Acme" CONTACT-INFO "Acme"
                DESCRIPTION "The objects of card {module}." ::= {"{"} enterprises 99999 {module} {"}"}
            Acme{module}State ::= TEXTUAL-CONVENTION STATUS current DESCRIPTION "How it stands." SYNTAX INTEGER {"{"} unknown(0), up(1), down(2), testing(3) {"}"}
            """);
        for (var table = 1; table <= Tables; table++)
        {
            AddTable(text, module, table);
        }

        return text.AppendLine("END").ToString();
    }

    private static void AddTable(StringBuilder text, int module, int table)
    {
        var name = $"acme{module}T{table}";
        var row = $"Acme{module}T{table}Entry";
        text.AppendLine(CultureInfo.InvariantCulture, $$"""
            {{name}}Table OBJECT-TYPE SYNTAX SEQUENCE OF {{row}} MAX-ACCESS not-accessible STATUS current
                DESCRIPTION "A table of what the card has, a row for each of it, as its documentation tells." ::= { acme{{module}} {{table}} }
            {{name}}Entry OBJECT-TYPE SYNTAX {{row}} MAX-ACCESS not-accessible STATUS current
                DESCRIPTION "A row." INDEX { {{name}}C1, {{name}}C2 } ::= { {{name}}Table 1 }
            {{row}} ::= SEQUENCE { {{name}}C1 InterfaceIndex, {{name}}C2 Integer32 }
            """);
        for (var column = 1; column <= Columns; column++)
        {
            var syntax = column switch { 1 => "InterfaceIndex", 2 => "Integer32 (1..255)", 3 => "DisplayString (SIZE (0..64))", 4 => $"Acme{module}State", _ => "Counter64" };
            text.AppendLine(CultureInfo.InvariantCulture, $$"""
                {{name}}C{{column}} OBJECT-TYPE -- of table {{table}}
                    SYNTAX {{syntax}}
                    MAX-ACCESS read-only
                    STATUS current
                    DESCRIPTION
                        "What is counted in column {{column}}. It grows by one for each of it that arrives, and
                        begins at zero when the card does. A discontinuity is told by the time of the last one."
                    ::= { {{name}}Entry {{column}} }
                """);
        }
    }
}
