using Microsoft.AspNetCore.Components.WebAssembly.Services;
using Microsoft.JSInterop;

namespace Billing.Web.Client.Importing;

/// <summary>Encodings such as windows-1252, which <c>Billing.Core</c> reads files by. They come with the first file, and not with the page.</summary>
public sealed class OldEncodings(LazyAssemblyLoader loader)
{
    private const string File = "System.Text.Encoding.CodePages.wasm";
    private bool _isThere;

    /// <summary>Loads them, once.</summary>
    /// <returns>False where the site does not answer.</returns>
    public async Task<bool> TryLoadAsync()
    {
        try
        {
            if (!_isThere)
            {
                await loader.LoadAssembliesAsync([File]);
                _isThere = true;
            }

            return true;
        }
        catch (Exception gone) when (gone is HttpRequestException or JSException)
        {
            return false;
        }
    }
}
