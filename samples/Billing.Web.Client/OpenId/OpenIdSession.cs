using System.Text.Json;
using Billing.Web.Client.Host;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Billing.Web.Client.OpenId;

/// <summary>
/// Who is signed in where functions take the place of the host: by the authorization code flow with PKCE (RFC 6749, RFC 7636, OpenID Connect Core 1.0). Tokens are in memory and nowhere else; the
/// window keeps only what proves that an answer is to its own sign-in, until the answer is there.
/// </summary>
public sealed class OpenIdSession(OpenIdProvider provider, Browser browser, NavigationManager navigation, PageSettings settings, TimeProvider time)
{
    private const string KeptFlow = "signin";

    // Renewed before it expires, so that no request is refused; but not all the time where tokens live shortly.
    private const double LatestShare = 0.9;

    private OpenIdTokens? _tokens;
    private IdToken? _person;
    private string _nonce = "";
    private DateTimeOffset? _ends, _renews;
    private bool _wasAccepted;
    private Task<string?>? _renewal;

    /// <summary>Raised when any of this changed.</summary>
    public event Action? Changed;

    /// <summary>Whether people sign in this way here.</summary>
    public bool IsUsed => settings.SignIn == "openid";

    /// <summary>Whether somebody is signed in.</summary>
    public bool IsSignedIn => _tokens is not null;

    /// <summary>The name of who is or was signed in.</summary>
    public string? User => _person?.Name;

    /// <summary>Whether the session has ended while the page was open: what is on it stays, and the reader signs in again.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Whether an answer of the provider is being looked at.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>Whether this window only brought an answer to the page that waits for it.</summary>
    public bool IsHandedOver { get; private set; }

    /// <summary>The address of the sign-in beside this page; null before <see cref="PrepareAsync"/>, and where the provider cannot be reached.</summary>
    public string? BesideAddress { get; private set; }

    /// <summary>Why nobody is signed in, or null.</summary>
    public OpenIdFault? Fault { get; private set; }

    // Where the provider sends the reader back to. Registered with it exactly so.
    private string Back => navigation.BaseUri;

    /// <summary>Leaves the page for the provider. The reader comes back to the same page.</summary>
    public async Task BeginAsync()
    {
        OpenIdFlow flow = Begin();
        Fault = null;
        await TryAsync(async () =>
        {
            string address = await provider.SignInAsync(flow, Back);
            if (!await browser.WriteHereAsync(KeptFlow, JsonSerializer.Serialize(flow, OpenIdJsonContext.Default.OpenIdFlow)))
            {
                throw new OpenIdException(OpenIdFault.Storage);
            }

            navigation.NavigateTo(address, forceLoad: true);
        });
    }

    /// <summary>Begins a sign-in in a window beside this one, which stays as it is: <see cref="BesideAddress"/> leads there, and its answer comes here by itself.</summary>
    /// <param name="isRetry">Whether the reader asks for it again: what was wrong before is not told any more.</param>
    public async Task PrepareAsync(bool isRetry = false)
    {
        if (BesideAddress is null)
        {
            Fault = isRetry ? null : Fault;
            OpenIdFlow flow = Begin();
            await TryAsync(async () => BesideAddress = await provider.SignInAsync(flow, Back));
            if (BesideAddress is not null)
            {
                _ = AwaitAsync(flow);
            }

            Changed?.Invoke();
        }
    }

    /// <summary>Whether the address of the page is an answer of the provider.</summary>
    public bool IsAnswered()
    {
        Uri uri = new(navigation.Uri);
        Dictionary<string, string> answer = AnswerOf(uri.Query);
        return IsBusy = IsUsed && uri.GetLeftPart(UriPartial.Path) == Back && (answer.ContainsKey("code") || answer.ContainsKey("error"));
    }

    /// <summary>Takes the answer in the address of the page, and leaves that address, so that no history has it.</summary>
    public async Task ReturnAsync()
    {
        string query = new Uri(navigation.Uri).Query;
        string? state = AnswerOf(query).GetValueOrDefault("state");
        OpenIdFlow? flow = await TakeKeptAsync();
        bool isOurs = flow is not null && flow.State == state;

        // On this site, whatever is kept. The address of the answer itself is no page here.
        string to = isOurs && flow!.To.Length > 0 ? flow.To : PageSettings.AddressOf(settings.Pages[0]);
        navigation.NavigateTo(Back + to, replace: true);
        if (isOurs)
        {
            await FinishAsync(flow!, query);
            return;
        }

        IsHandedOver = state is not null && await browser.CallAsync<bool>("handAnswer", state, query);
        Fault = IsHandedOver ? null : new OpenIdFault(OpenIdFault.State);
        IsBusy = false;
        Changed?.Invoke();
    }

    /// <summary>The access token to send now, renewed if need be; null if nobody is signed in any more.</summary>
    /// <exception cref="HttpRequestException">It must be renewed, and the provider cannot be reached.</exception>
    public async Task<string?> TokenAsync()
    {
        DateTimeOffset now = time.GetUtcNow();
        return _tokens is { } tokens && (now >= _ends || (now >= _renews && tokens.Refresh is not null)) ? await RenewAsync(tokens.Access!) : _tokens?.Access;
    }

    /// <summary>Says that an API knows who calls.</summary>
    public void Accept() => _wasAccepted = true;

    /// <summary>Says that an API did not accept a token.</summary>
    /// <returns>Another token to send; null if there is none.</returns>
    /// <exception cref="HttpRequestException">The provider cannot be reached.</exception>
    public async Task<string?> RefuseAsync(string token)
    {
        if (_tokens?.Access == token && !_wasAccepted)
        {
            // Another token of this provider would fare no better.
            End(new OpenIdFault(OpenIdFault.NotAccepted));
            return null;
        }

        return await RenewAsync(token);
    }

    /// <summary>Ends the session: the page stays as it is.</summary>
    public void End(OpenIdFault? fault = null)
    {
        (_tokens, HasEnded, Fault) = (null, true, fault);
        Changed?.Invoke();
    }

    /// <summary>Forgets the tokens, and ends the session at the provider where it says how. The page begins from the start, so that nothing of the books stays on the screen.</summary>
    public async Task SignOutAsync()
    {
        string? idToken = _tokens?.Id;
        _tokens = null;
        string? address = await provider.SignOutAsync(idToken, Back);
        navigation.NavigateTo(address ?? Back, forceLoad: true);
    }

    private OpenIdFlow Begin() => OpenIdFlow.Begin(navigation.ToBaseRelativePath(navigation.Uri).Split('#')[0]);

    private async Task AwaitAsync(OpenIdFlow flow)
    {
        string query;
        try
        {
            query = await browser.CallAsync<string>("answerOf", flow.State);
        }
        catch (JSException)
        {
            // A browser in which one window cannot hear of another.
            BesideAddress = null;
            await TryAsync(() => throw new OpenIdException(OpenIdFault.Storage));
            return;
        }

        BesideAddress = null;
        await FinishAsync(flow, query);
        if (HasEnded)
        {
            // Refused: the next try is another sign-in.
            await PrepareAsync();
        }
    }

    private async Task FinishAsync(OpenIdFlow flow, string query)
    {
        await TryAsync(async () =>
        {
            Dictionary<string, string> answer = AnswerOf(query);
            string? issuer = answer.GetValueOrDefault("iss");
            if ((issuer is not null || (await provider.DocumentAsync()).NamesIssuer) && issuer != settings.OpenId!.Issuer)
            {
                throw new OpenIdException(OpenIdFault.Issuer, issuer);
            }

            if (answer.GetValueOrDefault("error") is { } error)
            {
                throw new OpenIdException(OpenIdFault.Said(error == "access_denied" ? OpenIdFault.Denied : OpenIdFault.Provider, error, answer.GetValueOrDefault("error_description")));
            }

            string code = answer.GetValueOrDefault("code") ?? throw new OpenIdException(OpenIdFault.State);
            OpenIdTokens tokens = await provider.RedeemAsync(flow, code, Back);
            Take(tokens, provider.Identify(tokens, flow.Nonce, needsNonce: true, time.GetUtcNow()), flow.Nonce);
            (_wasAccepted, HasEnded, Fault) = (false, false, null);
        });
        IsBusy = false;
        Changed?.Invoke();
    }

    private void Take(OpenIdTokens tokens, IdToken person, string nonce)
    {
        DateTimeOffset now = time.GetUtcNow();
        _ends = tokens.ExpiresIn is > 0 and < int.MaxValue and { } seconds ? now.AddSeconds(seconds) : null;
        _renews = _ends is { } ends ? now + ((ends - now) * LatestShare) : null;
        (_tokens, _person, _nonce) = (tokens, person, nonce);
    }

    // Several requests that find the token expired wait for one renewal: a provider may take a refresh token once.
    private async Task<string?> RenewAsync(string token)
    {
        if (_tokens is not { } tokens || tokens.Access != token)
        {
            return _tokens?.Access;
        }

        Task<string?> renewal = _renewal ??= RenewOnceAsync(tokens);
        try
        {
            return await renewal;
        }
        finally
        {
            _renewal = _renewal == renewal ? null : _renewal;
        }
    }

    private async Task<string?> RenewOnceAsync(OpenIdTokens old)
    {
        if (old.Refresh is null)
        {
            End();
            return null;
        }

        try
        {
            OpenIdTokens fresh = await provider.RenewAsync(old.Refresh);
            IdToken person = fresh.Id is null ? _person! : provider.Identify(fresh, _nonce, needsNonce: false, time.GetUtcNow());
            if (person.Subject != _person!.Subject)
            {
                throw new OpenIdException(OpenIdFault.IdToken, "sub");
            }

            if (_tokens is null)
            {
                // Signed out meanwhile.
                return null;
            }

            Take(fresh with { Refresh = fresh.Refresh ?? old.Refresh, Id = fresh.Id ?? old.Id }, person, _nonce);
            return fresh.Access;
        }
        catch (OpenIdException gone) when (gone.Fault.Kind == OpenIdFault.Unreachable)
        {
            throw new HttpRequestException("The provider cannot be reached.", gone);
        }
        catch (OpenIdException over)
        {
            // What a provider no longer renews has come to its end; everything else is a fault.
            End(over.Fault.Kind == OpenIdFault.Refused ? null : over.Fault);
            return null;
        }
    }

    private async Task TryAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (OpenIdException wrong)
        {
            Fault = wrong.Fault;
            Changed?.Invoke();
        }
    }

    private async Task<OpenIdFlow?> TakeKeptAsync()
    {
        string? kept = await browser.ReadHereAsync(KeptFlow);
        await browser.WriteHereAsync(KeptFlow, null);
        try
        {
            return kept is null ? null : JsonSerializer.Deserialize(kept, OpenIdJsonContext.Default.OpenIdFlow);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // A name that comes twice is an answer that nobody should trust: its first value counts, and its state decides.
    private static Dictionary<string, string> AnswerOf(string query)
    {
        Dictionary<string, string> answer = [];
        foreach (string[] pair in query.TrimStart('?').Split('&').Select(one => one.Split('=', 2)).Where(pair => pair.Length == 2))
        {
            answer.TryAdd(pair[0], Uri.UnescapeDataString(pair[1].Replace('+', ' ')));
        }

        return answer;
    }
}
