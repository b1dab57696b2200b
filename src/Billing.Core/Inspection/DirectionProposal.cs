using System.Text;
using Billing.Layouts;
using Billing.Texts;
using Billing.Values;

namespace Billing.Inspection;

/// <summary>Proposes the column of the word that gives the amount its sign. Such a word is never silently ignored.</summary>
internal sealed class DirectionProposal(LayoutDraft draft)
{
    public void Find()
    {
        if (draft.IsSettled(ColumnRole.Direction) || draft[ColumnRole.Amount] is not { } amount)
        {
            return;
        }

        ColumnProfile[] sure = [.. draft.Columns.Where(column => !draft.IsTaken(column) && SaysDirection(column, DirectionWords.IsHeader(column.Name)))];
        ColumnProfile[] maybe = [.. draft.Columns.Where(column => !draft.IsTaken(column) && !sure.Contains(column) && Distinct(column).Length == 2 && SaysDirection(column, shortToo: true))];
        if (sure.Length == 0)
        {
            foreach (ColumnProfile column in maybe)
            {
                draft.Ask(
                    $"Column '{column.Name}' holds {LayoutDraft.OneOf(Distinct(column).Select(word => $"'{word}'"))} only. Does it say whether the amount is a debit or a credit? If so, set columns.direction.",
                    [new("yes", layout => layout with { Direction = column.Name }), None("no")]);
            }
        }
        else if (amount.HasNegatives)
        {
            draft.Ask(
                $"Column '{sure[0].Name}' says debit or credit, and column '{amount.Name}' has signs of its own. Rows in which the two disagree are quarantined. Do only the signs count? If so, set columns.direction to null.",
                [None("yes, only the signs count"), new("no, quarantine rows in which the two disagree", layout => layout)]);
        }
        else
        {
            draft.TakeOrAsk(ColumnRole.Direction, sure);
            if (draft[ColumnRole.Direction] is { } direction)
            {
                State(direction, amount);
            }
        }
    }

    private void State(ColumnProfile direction, ColumnProfile amount)
    {
        string[] debit = WordsOf(direction, isDebit: true);
        string[] credit = WordsOf(direction, isDebit: false);
        draft.Take(ColumnRole.Direction, direction, $"its values say debit ({string.Join(", ", debit)}) or credit ({string.Join(", ", credit)})");
        // With words of only one side, the layout relies on the known words.
        SourceLayout WithWords(SourceLayout layout) => debit.Length > 0 && credit.Length > 0 ? layout with { DebitWords = debit, CreditWords = credit } : layout;
        draft.Layout = WithWords(draft.Layout);
        draft.Ask(
            $"Amounts in '{amount.Name}' get their sign from '{direction.Name}': {(debit.Length > 0 ? $"{LayoutDraft.OneOf(debit)} is negative" : $"{LayoutDraft.OneOf(credit)} is positive")}. Is that right? If not, set columns.direction to null.",
            [new("yes", layout => WithWords(layout) with { Direction = direction.Name }), None("no, the amounts count as they are")]);
    }

    private static LayoutAnswer None(string text) => new(text, layout => layout with { Direction = "" });

    private static string[] WordsOf(ColumnProfile column, bool isDebit) =>
        [.. Distinct(column).Where(word => DirectionWords.IsDebit(Encoding.UTF8.GetBytes(word), shortToo: true) == isDebit)];

    private static bool SaysDirection(ColumnProfile column, bool shortToo) =>
        !column.IsEmpty && column.Values.Values.All(value => DirectionWords.IsDebit(value, shortToo) is not null);

    private static string[] Distinct(ColumnProfile column) =>
        [.. column.Values.Values.Select(value => Encoding.UTF8.GetString(Utf8Text.Trim(value))).Distinct(StringComparer.OrdinalIgnoreCase)];
}
