using System.Text;
using Billing.Layouts;
using Billing.Texts;
using Billing.Values;

namespace Billing.Inspection;

/// <summary>Proposes the currency: a column, or one currency for all rows, from the header of the amount or the signs next to it.</summary>
internal sealed class CurrencyProposal(LayoutDraft draft)
{
    public void Find()
    {
        if (draft.Stated.Currency is { Length: > 0 })
        {
            return;
        }

        ColumnProfile[] amounts = [.. ((ColumnRole[])[ColumnRole.Amount, ColumnRole.Debit, ColumnRole.Credit]).Select(role => draft[role]).OfType<ColumnProfile>()];
        string[] headers = [.. amounts.Select(column => HeaderCurrency.Of(column.Name)).OfType<string>().Distinct()];
        ColumnProfile[] known = draft.IsSettled(ColumnRole.Currency) ? [] : draft.ByHeader(ColumnRole.Currency);
        if (headers is [string header])
        {
            FindBesideHeader(amounts[0], header, known);
            return;
        }

        string[] beside = [.. amounts.SelectMany(MarksBeside).Distinct(StringComparer.OrdinalIgnoreCase)];
        ColumnProfile[] candidates = known.Length > 0 ? known : beside.Length > 0 || draft.IsSettled(ColumnRole.Currency) ? [] : draft.ByLook(column => column.LooksLikeCurrencies);
        draft.TakeOrAsk(ColumnRole.Currency, candidates);
        if (candidates.Length > 0 || draft.Stated.DefaultCurrency is not null)
        {
            return;
        }

        string[][] codes = [.. beside.Select(mark => CurrencySigns.CodesOf(mark).ToArray())];
        if (codes is [[string only]])
        {
            draft.Layout = draft.Layout with { DefaultCurrency = only };
            return;
        }

        draft.Ask(
            beside.Length > 1
                ? $"No column holds currency codes, and the amounts are in several currencies: {string.Join(", ", beside)}. Rows in a currency other than defaultCurrency are quarantined. Which is it?"
                : $"No column holds currency codes. In which currency are the amounts{(beside.Length == 1 ? $", which are written with {beside[0]}" : "")}? Set defaultCurrency, such as \"USD\".",
            [.. codes.SelectMany(some => some).Distinct().Order(StringComparer.Ordinal).Select(code => new LayoutAnswer(code, layout => layout with { DefaultCurrency = code }))],
            "USD",
            (layout, code) => layout with { DefaultCurrency = code.ToUpperInvariant() });
    }

    private void FindBesideHeader(ColumnProfile amount, string header, ColumnProfile[] known)
    {
        if (known.Length > 0 && known.All(column => column.Values.Values.Any(value => !Encoding.UTF8.GetString(Utf8Text.Trim(value)).Equals(header, StringComparison.OrdinalIgnoreCase))))
        {
            draft.MarkAsked(ColumnRole.Currency, known);
            draft.Ask(
                $"The header '{amount.Name}' names {header}, and column '{known[0].Name}' holds other currencies. Which is the currency of the amounts? Set columns.currency, or set it to null and defaultCurrency to \"{header}\".",
                [new($"{header} for all rows", layout => layout with { Currency = "", DefaultCurrency = header }), .. LayoutDraft.AnswersOf(ColumnRole.Currency, known)]);
            return;
        }

        draft.Layout = draft.Layout with { DefaultCurrency = draft.Stated.DefaultCurrency ?? header };
        draft.TakeOrAsk(ColumnRole.Currency, known);
    }

    private static IEnumerable<string> MarksBeside(ColumnProfile column) => column.Values.Values
        .Select(value => AmountParser.Parse(value, column.Numbers.Format, "", out _, out string? mark) is null ? mark : null)
        .OfType<string>();
}
