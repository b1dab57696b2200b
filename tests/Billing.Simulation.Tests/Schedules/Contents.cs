using System.Globalization;
using System.Text;

namespace Billing.Simulation.Tests.Schedules;

/// <summary>What a row says, in one spelling: of a row that the generator wrote and of a record in a ledger.</summary>
internal static class Contents
{
    public static string Of(string? scope, Entry entry) => Text(scope, entry.Id, entry.Date, entry.Party, entry.Amount, entry.Currency, entry.Note);

    public static string Of(BillingRecord record) =>
        Text(record.Scope, record.SourceId, record.Date, record.Party, record.Amount.Amount, record.Amount.Currency.Code, record.Description);

    private static string Text(string? scope, string? id, DateOnly date, string? party, decimal amount, string currency, string? note) => string.Create(
        CultureInfo.InvariantCulture,
        $"{scope ?? "-"}|{id}|{date:O}|{party?.Normalize(NormalizationForm.FormC)}|{amount / 1.0000000000000000000000000000m}|{currency}|{note}");
}
