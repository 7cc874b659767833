using Connections.Snmp.Mibs;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Mibs.Loading;

internal sealed class LoaderTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private MibLoader _loader = null!;
    private MibFolder _folder = null!;

    [SetUp]
    public void SetUp()
    {
        _loader = new MibLoader();
        _folder = new MibFolder();
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public async Task A_file_is_loaded_beside_the_built_in_names()
    {
        var tree = await LoadAsync(_folder.Write("acme.mib", "ACME-MIB", "acme", 99999));

        Assert.That(tree.Diagnostics, Is.Empty);
        Assert.That(tree.Find("ACME-MIB::acme")!.Oid, Is.EqualTo(Oid.Parse("1.3.6.1.4.1.99999")));
        Assert.That(tree.FindModule("ACME-MIB")!.File, Is.EqualTo(Path.Combine(_folder.Path, "acme.mib")));
        Assert.That(tree.Find("sysDescr"), Is.Not.Null);
    }

    [Test]
    public async Task Of_a_folder_all_modules_are_loaded_and_nothing_else()
    {
        _folder.Write("a.txt", "A-MIB", "a", 99991);
        _folder.Write("B-MIB", "B-MIB", "b", 99992);
        _folder.WriteText("readme", "no module");
        _folder.WriteText("code.c", "int main() {}");
        File.WriteAllBytes(Path.Combine(_folder.Path, "binary"), [0, 1, 2, 255]);
        _folder.Write("deeper/c.mib", "C-MIB", "c", 99993);

        var tree = await LoadAsync(_folder.Path);

        Assert.That(tree.Diagnostics, Is.Empty);
        Assert.That(Loaded(tree), Is.EquivalentTo(new[] { "A-MIB", "B-MIB" }));
    }

    [Test]
    public async Task A_folder_is_read_to_its_depths_where_that_is_asked_for()
    {
        _folder.Write("deeper/still/c.mib", "C-MIB", "c", 99993);

        var tree = await LoadAsync([_folder.Path], new MibLoadOptions { IsRecursive = true, Publish = false });

        Assert.That(Loaded(tree), Is.EqualTo(new[] { "C-MIB" }));
    }

    [Test]
    public async Task A_list_of_paths_is_read_as_MIBDIRS_is()
    {
        _folder.Write("one/a.mib", "A-MIB", "a", 99991);
        _folder.Write("two/b.mib", "B-MIB", "b", 99992);

        var tree = await LoadAsync($"{_folder.Path}/one{Path.PathSeparator}{_folder.Path}/two");

        Assert.That(Loaded(tree), Is.EqualTo(new[] { "A-MIB", "B-MIB" }));
    }

    [TestCase("+")]
    [TestCase("-")]
    public async Task A_list_with_a_sign_in_front_has_the_default_folders_too(string sign)
    {
        _folder.Write("a.mib", "A-MIB", "a", 99991);

        var tree = await LoadAsync(sign + _folder.Path);

        Assert.That(Loaded(tree), Does.Contain("A-MIB"));
        Assert.That(tree.Diagnostics.Where(told => told.Line == 0), Is.Empty, "a default folder need not be there");
    }

    [Test]
    public async Task A_path_that_is_not_there_is_told_and_the_rest_is_loaded()
    {
        var tree = await LoadAsync([_folder.Write("a.mib", "A-MIB", "a", 99991), _folder.Path + "/nowhere"]);

        Assert.That(Loaded(tree), Is.EqualTo(new[] { "A-MIB" }));
        var told = tree.Diagnostics.Single();
        Assert.That((told.File, told.Severity), Is.EqualTo((_folder.Path + "/nowhere", MibSeverity.Error)));
    }

    [Test]
    public async Task A_named_file_without_a_module_is_told()
    {
        var tree = await LoadAsync([_folder.WriteText("a.txt", "DEFINITIONS of words"), _folder.WriteText("empty", "")]);

        Assert.That(tree.Diagnostics.Select(told => told.Message), Is.EqualTo(new[] { "There is no module in it.", "There is no module in it." }));
    }

    [Test]
    public async Task A_file_above_the_limit_is_not_read()
    {
        var tree = await LoadAsync([_folder.Write("a.mib", "A-MIB", "a", 99991)], new MibLoadOptions { MaxFileSize = 20, Publish = false });

        Assert.That(Loaded(tree), Is.Empty);
        Assert.That(tree.Diagnostics.Single().Message, Does.Contain("no more than 20"));
    }

    [Test]
    public async Task Imports_are_found_beside_the_file_and_in_search_paths_by_name_and_by_content()
    {
        var file = _folder.Write("main.mib", "MAIN-MIB", "main", 1, "beside", "BESIDE-MIB");
        _folder.Write("BESIDE-MIB.my", "BESIDE-MIB", "beside", 1, "far", "FAR-MIB");
        _folder.Write("else/whatever.txt", "FAR-MIB", "far", 99991);
        _folder.Write("else/unused.txt", "UNUSED-MIB", "unused", 99992);

        var tree = await LoadAsync([file], new MibLoadOptions { SearchPaths = [_folder.Path + "/else"], Publish = false });

        Assert.That(tree.Diagnostics, Is.Empty);
        Assert.That(Loaded(tree), Is.EquivalentTo(new[] { "MAIN-MIB", "BESIDE-MIB", "FAR-MIB" }));
        Assert.That(tree.Find("main")!.Oid, Is.EqualTo(Oid.Parse("1.3.6.1.4.1.99991.1.1")));
    }

    [Test]
    public async Task Of_modules_of_one_name_the_first_path_wins_and_the_other_is_told()
    {
        var first = _folder.Write("one/a.mib", "A-MIB", "first", 99991);
        var second = _folder.Write("two/a.mib", "A-MIB", "second", 99992);

        var tree = await LoadAsync([first, second]);

        Assert.That(tree.Find("first"), Is.Not.Null);
        Assert.That(tree.Find("second"), Is.Null);
        var told = tree.Diagnostics.Single();
        Assert.That((told.File, told.Severity), Is.EqualTo((second, MibSeverity.Warning)));
        Assert.That(told.Message, Does.Contain(first));
    }

    [Test]
    public async Task What_is_loaded_is_added_to_what_was_loaded_before()
    {
        await LoadAsync(_folder.Write("a.mib", "A-MIB", "a", 99991));
        var tree = await LoadAsync(_folder.Write("b.mib", "B-MIB", "b", 99992));

        Assert.That(Loaded(tree), Is.EqualTo(new[] { "A-MIB", "B-MIB" }));
    }

    [Test]
    public async Task A_file_that_has_changed_is_read_again_and_the_old_tree_stays_as_it_was()
    {
        var file = _folder.Write("a.mib", "A-MIB", "before", 99991);
        var old = await LoadAsync(file);
        _folder.Write("a.mib", "A-MIB", "afterwards", 99992);
        var tree = await LoadAsync(file);

        Assert.That((tree.Find("before"), old.Find("afterwards")), Is.EqualTo(((MibNode?)null, (MibNode?)null)));
        Assert.That((tree.Find("afterwards")!.Oid, old.Find("before")!.Oid), Is.EqualTo((Oid.Parse("1.3.6.1.4.1.99992"), Oid.Parse("1.3.6.1.4.1.99991"))));
    }

    [Test]
    public async Task A_file_that_has_not_changed_is_not_parsed_again()
    {
        var file = _folder.Write("a.mib", "A-MIB", "a", 99991);
        var tree = await LoadAsync(file);

        Assert.That(await LoadAsync(file), Is.SameAs(tree));
    }

    [Test]
    public async Task A_file_that_is_gone_from_a_folder_is_forgotten()
    {
        var file = _folder.Write("a.mib", "A-MIB", "a", 99991);
        _folder.Write("b.mib", "B-MIB", "b", 99992);
        await LoadAsync(_folder.Path);
        File.Delete(file);

        Assert.That(Loaded(await LoadAsync(_folder.Path)), Is.EqualTo(new[] { "B-MIB" }));
    }

    [Test]
    public async Task A_loaded_module_replaces_the_built_in_one_of_its_name()
    {
        var tree = await LoadAsync(_folder.WriteText(
            "if.mib", "IF-MIB DEFINITIONS ::= BEGIN IMPORTS mib-2 FROM SNMPv2-SMI; interfaces OBJECT IDENTIFIER ::= { mib-2 2 } own OBJECT IDENTIFIER ::= { interfaces 77 } END"));

        Assert.That(tree.Find("IF-MIB::own"), Is.Not.Null);
        Assert.That(tree.Find("IF-MIB::ifDescr"), Is.Null);
        Assert.That(tree.Find("IP-MIB::ipForwarding"), Is.Not.Null);
    }

    [Test]
    public async Task A_vendor_cannot_change_what_a_common_name_means()
    {
        var tree = await LoadAsync(_folder.Write("a.mib", "ACME-MIB", "sysDescr", 99991));

        Assert.That(tree.Find("sysDescr")!.Module, Is.EqualTo("SNMPv2-MIB"));
        Assert.That(tree.Find("ACME-MIB::sysDescr")!.Oid, Is.EqualTo(Oid.Parse("1.3.6.1.4.1.99991")));
    }

    [Test]
    public async Task A_cancelled_load_changes_nothing()
    {
        var file = _folder.Write("a.mib", "A-MIB", "a", 99991);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        Assert.That(async () => await _loader.LoadAsync(file, new MibLoadOptions { Publish = false }, cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Loaded(await LoadAsync(_folder.Write("b.mib", "B-MIB", "b", 99992))), Is.EqualTo(new[] { "B-MIB" }));
    }

    private Task<MibTree> LoadAsync(string path) => LoadAsync([path], new MibLoadOptions { Publish = false });

    private Task<MibTree> LoadAsync(string[] paths) => LoadAsync(paths, new MibLoadOptions { Publish = false });

    private Task<MibTree> LoadAsync(string[] paths, MibLoadOptions options) => _loader.LoadAsync(paths, options).WaitAsync(Limit);

    private static string[] Loaded(MibTree tree) => [.. tree.Modules.Where(module => module.File is not null).Select(module => module.Name)];
}
