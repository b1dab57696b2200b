using Billing.Web.Client.Importing;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Web.Client.Tests;

/// <summary>The imports that the browser keeps: what one tab keeps or forgets leaves those of the others.</summary>
public sealed class KeptImportsTests : PageContext
{
    private KeptImports Kept => Services.GetRequiredService<KeptImports>();

    [Fact]
    public async Task Imports_that_are_kept_at_once_are_all_kept_and_each_is_forgotten_alone()
    {
        KeptImport[] imports = [.. Enumerable.Range(0, 20).Select(i => new KeptImport { UploadId = $"u{i:00}", Name = $"{i:00}.csv", Terms = "{}" })];
        await Task.WhenAll(imports.Select(import => Kept.KeepAsync(import)));
        Assert.Equal(imports.Select(import => import.UploadId), (await Kept.AllAsync()).Select(import => import.UploadId));
        await Kept.KeepAsync(imports[3] with { ImportId = "7", Runs = ["r"] });
        await Task.WhenAll(imports.Skip(4).Select(import => Kept.ForgetAsync(import.UploadId)));
        Assert.Equal([("u00", null), ("u01", null), ("u02", null), ("u03", "7")], (await Kept.AllAsync()).Select(import => (import.UploadId, import.ImportId)));
    }

    [Fact]
    public async Task What_another_version_of_the_page_kept_is_left_out()
    {
        Storage.Put("billing.import.x", "[");
        Storage.Put("billing.imports", "[]");
        await Kept.KeepAsync(new KeptImport { UploadId = "u", Name = "a.csv", Terms = "{}" });
        Assert.Equal("u", Assert.Single(await Kept.AllAsync()).UploadId);
    }
}
