using System.Globalization;
using Billing.Web.Client.Host;
using Billing.Web.Client.Language;
using Billing.Web.Contracts;
using Microsoft.AspNetCore.Components;

namespace Billing.Web.Client.Layout;

/// <summary>What every page has: its words, the host, and what happens when the language or the ledger changes.</summary>
public abstract class PageBase : ComponentBase, IDisposable
{
    [Inject] protected Words W { get; set; } = null!;

    [Inject] protected HostApi Api { get; set; } = null!;

    [Inject] protected Browser Browser { get; set; } = null!;

    [Inject] protected Connection Connection { get; set; } = null!;

    [Inject] protected LiveEvents Live { get; set; } = null!;

    [Inject] protected Toasts Toasts { get; set; } = null!;

    [Inject] protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>Whether the page is gone.</summary>
    protected bool IsGone { get; private set; }

    /// <summary>The code of the reporting currency.</summary>
    protected string Reporting => Api.Session?.ReportingCurrency ?? "USD";

    /// <summary>The day on the host.</summary>
    protected DateOnly Today => Api.Session?.Today ?? DateOnly.FromDateTime(DateTime.Today);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        IsGone = true;
        W.Changed -= Refresh;
        Live.Changed -= Hear;
        Connection.Changed -= Reconnect;
    }

    protected override void OnInitialized()
    {
        W.Changed += Refresh;
        Live.Changed += Hear;
        Connection.Changed += Reconnect;
    }

    /// <summary>Called when something was stored: <c>records</c>, <c>quarantine</c>, <c>receipts</c>, <c>runs</c>, <c>rules</c>, or <c>all</c>.</summary>
    protected virtual Task OnStoredAsync(string what) => Task.CompletedTask;

    protected string Amount(Money money) => ExactText.Of(money, W.Culture);

    protected string Sum(ExactSum sum, string currency) => ExactText.Of(sum, currency, W.Culture);

    /// <summary>The sums of totals, with their currencies.</summary>
    protected string Sums(ControlTotals totals) => string.Join(" \u00b7 ", totals.Money.Select(sum => $"{Sum(sum.Value, sum.Key)}\u00a0{sum.Key}"));

    /// <summary>The word for a code of the quarantine, in the reader's language.</summary>
    protected string Reason(string? code) => W.Find($"reason.{code}") ?? code ?? "";

    protected static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    protected static string Query(params (string Name, string? Value)[] filters)
    {
        string query = string.Join('&', filters.Where(filter => !string.IsNullOrWhiteSpace(filter.Value)).Select(filter => $"{filter.Name}={Uri.EscapeDataString(filter.Value!.Trim())}"));
        return query.Length == 0 ? "" : "?" + query;
    }

    /// <summary>Takes an entry back. Where that fails it is offered again, on whatever page the reader is then.</summary>
    /// <param name="entry">The id of the entry.</param>
    /// <param name="done">The key of the text that says that it is done.</param>
    protected async Task TakeBackAsync(string entry, string done)
    {
        Reply<EntryReply> reply = await Api.SendAsync(HttpMethod.Post, $"api/entries/{entry}/undo", null, WebJsonContext.Default.EntryReply);
        if (!reply.IsOk)
        {
            string why = reply.IsOffline ? W["fault.offline"] : W.Find($"fault.{reply.Problem!.Status}") ?? W["fault.any"];
            Toasts.Say(W.Of("undo.failed", why), W["undo"], () => TakeBackAsync(entry, done));
            return;
        }

        Toasts.Say(W[done]);
        if (!IsGone)
        {
            await OnStoredAsync("records");
            StateHasChanged();
        }
    }

    private void Refresh() => _ = InvokeAsync(StateHasChanged);

    private void Hear(string what) => _ = InvokeAsync(async () =>
    {
        if (!IsGone)
        {
            await OnStoredAsync(what);
            StateHasChanged();
        }
    });

    private void Reconnect()
    {
        if (Connection.IsUp)
        {
            Hear("all");
        }
    }
}
