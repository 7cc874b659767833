using System.CommandLine;
using System.Text.Json.Nodes;
using Connections.Harness.Rendering;
using Connections.Snmp;
using Connections.Snmp.Mibs;
using Connections.Snmp.Protocol;

namespace Connections.Harness.Commands;

/// <summary><c>connections mib</c>: names of MIB modules and what they mean, both ways.</summary>
internal static class MibCommand
{
    private const string Description = """
        Looks names of MIB modules up, or OIDs, and shows what their modules say of them. The names of common modules are built in; --mibs loads others.

          connections mib ifAdminStatus
          connections mib 1.3.6.1.2.1.2.2.1.7.3
          connections mib --tree system
          connections mib --mibs /usr/share/snmp/mibs NET-SNMP-AGENT-MIB::nsModuleTable
          connections mib --check ./vendor-mibs
        """;

    internal static Command Create()
    {
        var names = new Argument<string[]>("NAME") { Description = "Names, such as sysDescr.0 or IF-MIB::ifTable, or OIDs.", Arity = ArgumentArity.ZeroOrMore };
        var tree = new Option<bool>("--tree") { Description = "Show all that is below, too." };
        var check = new Option<string[]>("--check") { Description = "Say what is wrong in the modules of a file or folder; may be given several times.", HelpName = "PATH" };
        var json = Options.Json();
        var command = new Command("mib", Description) { names, tree, check, json };
        command.SetAction(async (parsed, token) =>
        {
            var output = new Output(parsed.GetValue(json));
            var (asked, files) = (parsed.GetValue(names) ?? [], parsed.GetValue(check) ?? []);
            return (asked.Length, files.Length) switch
            {
                (0, 0) => throw new UsageException("'mib' needs a name or an OID, such as 'mib ifDescr', or --check PATH."),
                (0, _) => await CheckAsync(files, output, token),
                (_, 0) => Show(asked, parsed.GetValue(tree), output),
                _ => throw new UsageException("--check needs no names: ask for them in another call, with --mibs PATH."),
            };
        });
        return command;
    }

    private static int Show(string[] names, bool withTree, Output output)
    {
        var tree = MibTree.Current;
        var places = names.Select(tree.Resolve).ToList();
        var isFirst = true;
        foreach (var oid in places)
        {
            if (tree.FindNearest(oid) is not { } node)
            {
                throw new SnmpException($"{oid}: no module that is loaded names it, or anything above it.");
            }

            if (!output.IsJson && !isFirst && !withTree)
            {
                Output.Line("");
            }

            isFirst = false;
            Show(tree, node, oid, withTree, output);
        }

        return ExitCode.Success;
    }

    private static void Show(MibTree tree, MibNode node, Oid oid, bool withTree, Output output)
    {
        if (withTree)
        {
            foreach (var (below, depth) in MibText.TreeOf(node))
            {
                Print(output, () => MibJson.Of(tree, below, below.Oid), () => MibText.Line(below, depth));
            }

            return;
        }

        Print(output, () => MibJson.Of(tree, node, oid), () => MibText.Paragraph(tree, node, oid));
    }

    private static void Print(Output output, Func<JsonObject> json, Func<string> text)
    {
        if (output.IsJson)
        {
            Output.Json(json());
        }
        else
        {
            Output.Line(text());
        }
    }

    private static async Task<int> CheckAsync(string[] paths, Output output, CancellationToken cancellationToken)
    {
        var tree = await new MibLoader().LoadAsync(paths, new MibLoadOptions { Publish = false }, cancellationToken);
        foreach (var diagnostic in tree.Diagnostics)
        {
            Print(output, () => MibJson.Of(diagnostic), diagnostic.ToString);
        }

        var modules = tree.Modules.Where(static module => module.File is not null).ToList();
        var errors = tree.Diagnostics.Count(static diagnostic => diagnostic.Severity == MibSeverity.Error);
        var warnings = tree.Diagnostics.Count(static diagnostic => diagnostic.Severity == MibSeverity.Warning);
        if (!output.IsJson)
        {
            Output.Line($"{modules.Count} modules with {modules.Sum(static module => module.Nodes.Length)} names: {errors} errors, {warnings} warnings");
        }

        return errors == 0 ? ExitCode.Success : ExitCode.DeviceFailed;
    }
}
