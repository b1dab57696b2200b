using System.Text.Json;
using Billing.Web.Client.Host;

namespace Billing.Web.Client.Importing;

/// <summary>
/// The names of files whose import has not begun, kept by the tab in which they were dropped: a browser keeps no file across a reload, and a tray that is empty then would look as if nothing had been dropped.
/// </summary>
public sealed class DroppedNames(Browser browser, ImportTray tray)
{
    private const string Key = "draft.files";
    private string? _written;
    private bool _isRestored;

    /// <summary>The names of files that were dropped before the page was loaded, and not again since.</summary>
    public IReadOnlyList<string> Missing { get; private set; } = [];

    /// <summary>Looks for names that an earlier page left, once.</summary>
    public async Task RestoreAsync()
    {
        if (_isRestored)
        {
            return;
        }

        _isRestored = true;
        _written = await browser.ReadHereAsync(Key);
        try
        {
            Missing = _written is null ? [] : JsonSerializer.Deserialize(_written, PageJsonContext.Default.StringArray) ?? [];
        }
        catch (JsonException)
        {
            // Of another version of the page.
            Missing = [];
        }
    }

    /// <summary>A file was dropped: it is asked for no more.</summary>
    public void Take(string name)
    {
        List<string> missing = [.. Missing];
        missing.Remove(name);
        Missing = missing;
    }

    /// <summary>The reader needs none of them.</summary>
    public Task ForgetAsync()
    {
        Missing = [];
        return KeepAsync();
    }

    /// <summary>Keeps the names as they are now.</summary>
    public async Task KeepAsync()
    {
        // What was begun is kept with its import.
        string[] names = [.. Missing, .. tray.Files.Where(file => file.Kept is null && !file.IsUndone).Select(file => file.Name)];
        string? text = names.Length == 0 ? null : JsonSerializer.Serialize(names, PageJsonContext.Default.StringArray);
        if (_isRestored && text != _written)
        {
            _written = text;
            await browser.WriteHereAsync(Key, text);
        }
    }
}
