using System.Text.Json;
using Billing.Web.Client.Host;

namespace Billing.Web.Client.Importing;

/// <summary>The imports that the browser keeps until they have come to their end.</summary>
public sealed class KeptImports(Browser browser)
{
    private const string Key = "imports";

    /// <summary>All of them, the first one first.</summary>
    public async Task<IReadOnlyList<KeptImport>> AllAsync()
    {
        try
        {
            return await browser.ReadAsync(Key) is { } text ? JsonSerializer.Deserialize(text, PageJsonContext.Default.KeptImportArray) ?? [] : [];
        }
        catch (JsonException)
        {
            // Of another version of the page.
            return [];
        }
    }

    /// <summary>Keeps one, in place of what was kept of its upload.</summary>
    public async Task KeepAsync(KeptImport import) => await WriteAsync([.. (await AllAsync()).Where(kept => kept.UploadId != import.UploadId), import]);

    /// <summary>Forgets that of an upload.</summary>
    public async Task ForgetAsync(string uploadId) => await WriteAsync([.. (await AllAsync()).Where(kept => kept.UploadId != uploadId)]);

    private async Task WriteAsync(KeptImport[] imports) =>
        await browser.WriteAsync(Key, imports.Length == 0 ? null : JsonSerializer.Serialize(imports, PageJsonContext.Default.KeptImportArray));
}
