using System.Text.Json;
using Billing.Web.Client.Host;

namespace Billing.Web.Client.Importing;

/// <summary>The imports that the browser keeps until they have come to their end. Each has a place of its own, so that two tabs that keep theirs at once lose none.</summary>
public sealed class KeptImports(Browser browser)
{
    private const string Prefix = "import.";

    /// <summary>All of them, by name.</summary>
    public async Task<IReadOnlyList<KeptImport>> AllAsync() =>
        [.. (await browser.ReadAllAsync(Prefix)).Select(Parse).OfType<KeptImport>().OrderBy(kept => kept.Name, StringComparer.Ordinal).ThenBy(kept => kept.UploadId, StringComparer.Ordinal)];

    /// <summary>Keeps one, in place of what was kept of its upload.</summary>
    public async Task KeepAsync(KeptImport import) => await browser.WriteAsync(Prefix + import.UploadId, JsonSerializer.Serialize(import, PageJsonContext.Default.KeptImport));

    /// <summary>Forgets that of an upload.</summary>
    public async Task ForgetAsync(string uploadId) => await browser.WriteAsync(Prefix + uploadId, null);

    private static KeptImport? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, PageJsonContext.Default.KeptImport);
        }
        catch (JsonException)
        {
            // Of another version of the page.
            return null;
        }
    }
}
