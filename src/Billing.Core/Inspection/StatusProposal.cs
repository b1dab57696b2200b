using System.Text;
using Billing.Layouts;
using Billing.Texts;
using Billing.Values;

namespace Billing.Inspection;

/// <summary>Asks about the column that says which rows are pending. Pending rows come again as posted, so that they are never counted in silence.</summary>
internal sealed class StatusProposal(LayoutDraft draft)
{
    public void Find()
    {
        if (draft.IsSettled(ColumnRole.Status))
        {
            return;
        }

        ColumnProfile[] columns = [.. draft.Columns.Where(column => !draft.IsTaken(column) && SaysStatus(column))];
        foreach (ColumnProfile column in columns)
        {
            Ask(column, columns);
        }
    }

    private static bool SaysStatus(ColumnProfile column) =>
        column.Values.Values.Any(value => StatusWords.IsPending(value))
        && (StatusWords.IsHeader(column.Name) || column.Values.Values.All(value => StatusWords.IsPending(value) || StatusWords.IsPosted(value)));

    private void Ask(ColumnProfile column, ColumnProfile[] columns)
    {
        string[] words = Distinct(column);
        string[] pending = [.. words.Where(word => StatusWords.IsPending(Encoding.UTF8.GetBytes(word)))];
        string[] posted = [.. words.Where(word => StatusWords.IsPosted(Encoding.UTF8.GetBytes(word)))];
        PendingTerms terms = new() { Values = pending, Posted = posted.Length > 0 ? posted : [""] };
        List<LayoutAnswer> answers = [new("yes, they do not count until they are posted", layout => layout with { Status = column.Name, Pending = terms })];
        if (draft[ColumnRole.Id] is { } id && !id.Name.StartsWith('#'))
        {
            answers.Add(new($"yes, and a posted row has the same '{id.Name}' as its pending row", layout => layout with { Status = column.Name, Pending = terms with { Id = id.Name } }));
        }

        // Of several such columns, a person names one; the others say nothing of it.
        answers.Add(columns.Length > 1 ? new("no", layout => layout) : new("no, all rows count", layout => layout with { Status = "", Pending = null }));
        draft.Ask(
            $"Column '{column.Name}' says {LayoutDraft.OneOf(pending.Select(word => $"'{word}'"))} in some rows. Are these rows pending, and come again when they are posted? If so, set columns.status and pending; otherwise they count as money, and set columns.status to null.",
            [.. answers]);
    }

    private static string[] Distinct(ColumnProfile column) =>
        [.. column.Values.Values.Select(value => Encoding.UTF8.GetString(Utf8Text.Trim(value))).Distinct(StringComparer.OrdinalIgnoreCase)];
}
