using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace Billing.Web.FirstScreen;

/// <summary>The browser, where there is none yet: it keeps nothing, has no script, and stays at its address.</summary>
internal sealed class NoBrowser : NavigationManager, IJSRuntime, IJSObjectReference, INavigationInterception, IScrollToLocationHash
{
    public void Begin(Uri site, Uri page) => Initialize(site.AbsoluteUri, page.AbsoluteUri);

    public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) =>
        ValueTask.FromResult(this is TValue module ? module : default!);

    public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<TValue>(identifier, args);

    public Task EnableNavigationInterceptionAsync() => Task.CompletedTask;

    public Task RefreshScrollPositionForHash(string locationAbsolute) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
