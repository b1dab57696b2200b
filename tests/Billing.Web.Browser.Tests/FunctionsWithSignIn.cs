using Billing.Local;

namespace Billing.Web.Browser.Tests;

/// <summary>The functions and the page as billing local runs them, with sign-in at a provider of this test. Started once for a class.</summary>
public sealed class FunctionsWithSignIn : IAsyncLifetime
{
    private IdentityProvider? _provider;
    private LocalEnvironment? _environment;

    /// <summary>Where people sign in.</summary>
    public IdentityProvider Provider => _provider!;

    /// <summary>The address of the page.</summary>
    public string Address => _environment!.State.Page!.AbsoluteUri;

    /// <summary>The HTTP API of the expenses.</summary>
    public Uri Expenses => _environment!.State.ExpensesApi;

    /// <summary>A route of each of the HTTP APIs.</summary>
    public IReadOnlyList<Uri> Routes => [new(_environment!.State.ExpensesApi, "expenses"), new(_environment.State.ReceiptsApi, "expenses"), new(_environment.State.TransactionsApi, "totals?by=day")];

    public async ValueTask InitializeAsync()
    {
        _provider = await IdentityProvider.StartAsync();

        // The programs of this solution stand side by side.
        string here = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        _environment = await LocalEnvironment.StartAsync(new LocalOptions
        {
            FunctionsFolder = Path.GetFullPath(Path.Combine(here, "..", "..", "Billing.Lambda", Path.GetFileName(here))),
            PageFolder = await PublishedHost.FolderAsync(),
            UsesDatabase = false,
            TokenIssuer = _provider.Issuer,
            TokenAudience = IdentityProvider.PublicClientId,
            TokenScopes = IdentityProvider.Scope,
            PageClient = IdentityProvider.PublicClientId,
        });
    }

    public async ValueTask DisposeAsync()
    {
        await (_environment?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_provider?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
