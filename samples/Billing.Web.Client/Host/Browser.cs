using Microsoft.JSInterop;

namespace Billing.Web.Client.Host;

/// <summary>What only the browser has: its storage, its language, downloads, focus. The functions are those of wwwroot/page.js.</summary>
public sealed class Browser(IJSRuntime js) : IAsyncDisposable
{
    private Task<IJSObjectReference>? _module;

    /// <summary>Calls a function.</summary>
    public async ValueTask<T> CallAsync<T>(string function, params object?[] arguments) => await (await ModuleAsync()).InvokeAsync<T>(function, arguments);

    /// <summary>Calls a function that returns nothing.</summary>
    public async ValueTask CallAsync(string function, params object?[] arguments) => await (await ModuleAsync()).InvokeVoidAsync(function, arguments);

    /// <summary>The text that is kept under a key, or null.</summary>
    public ValueTask<string?> ReadAsync(string key) => CallAsync<string?>("read", "billing." + key);

    /// <summary>The texts that are kept under all keys that begin with a word.</summary>
    public async ValueTask<IReadOnlyList<string>> ReadAllAsync(string prefix) => await CallAsync<string[]?>("readAll", "billing." + prefix) ?? [];

    /// <summary>Keeps a text under a key; null forgets it.</summary>
    /// <returns>Whether the browser keeps it.</returns>
    public ValueTask<bool> WriteAsync(string key, string? value) => CallAsync<bool>("write", "billing." + key, value);

    /// <summary>The draft of this tab; where it has none, one of a tab that is gone.</summary>
    public ValueTask<string?> ReadDraftAsync(string key) => CallAsync<string?>("readDraft", "billing." + key);

    /// <summary>Keeps the draft of this tab; null forgets it.</summary>
    /// <returns>Whether the browser keeps it.</returns>
    public ValueTask<bool> KeepDraftAsync(string key, string? text) => CallAsync<bool>("keepDraft", "billing." + key, text);

    /// <summary>The text that this tab keeps under a key until it is closed, or null.</summary>
    public ValueTask<string?> ReadHereAsync(string key) => CallAsync<string?>("readHere", "billing." + key);

    /// <summary>Keeps a text for this tab until it is closed; null forgets it.</summary>
    /// <returns>Whether the browser keeps it.</returns>
    public ValueTask<bool> WriteHereAsync(string key, string? value) => CallAsync<bool>("writeHere", "billing." + key, value);

    /// <summary>Gives the reader a file.</summary>
    public ValueTask SaveAsync(string name, string type, byte[] bytes) => CallAsync("save", name, type, bytes);

    public async ValueTask DisposeAsync()
    {
        if (_module is { IsCompletedSuccessfully: true })
        {
            await (await _module).DisposeAsync();
        }
    }

    private Task<IJSObjectReference> ModuleAsync() => _module ??= js.InvokeAsync<IJSObjectReference>("import", "./page.js").AsTask();
}
