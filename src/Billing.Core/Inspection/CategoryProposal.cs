using Billing.Layouts;

namespace Billing.Inspection;

/// <summary>Proposes the column of the sender's own category: by its header, where its values are texts.</summary>
internal sealed class CategoryProposal(LayoutDraft draft)
{
    public void Find() => draft.TakeOrAsk(
        ColumnRole.Category,
        [.. draft.Columns.Where(column => !draft.IsTaken(column) && CategoryHeaders.Knows(column.Name) && column is { IsEmpty: false, LooksLikeNumbers: false, LooksLikeDates: false })]);
}
