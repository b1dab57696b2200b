using Billing.Layouts;

namespace Billing.Inspection;

/// <summary>Proposes a layout for a sample: by the known headers, checked against the values; by the values alone if no header is known.</summary>
internal static class LayoutProposer
{
    public static (SourceLayout Layout, IReadOnlyList<ColumnFinding> Columns, IReadOnlyList<LayoutQuestion> Questions) Propose(SourceSample sample)
    {
        LayoutDraft draft = new(sample);
        DateProposal dates = new(draft);
        AmountProposal amounts = new(draft);
        dates.FindColumns();
        amounts.FindColumns();
        new DirectionProposal(draft).Find();
        new FeeProposal(draft).Find();
        new CurrencyProposal(draft).Find();
        foreach (ColumnRole role in (ColumnRole[])[ColumnRole.Id, ColumnRole.Party, ColumnRole.Account, ColumnRole.Description])
        {
            draft.TakeOrAsk(role, draft.ByHeader(role));
        }

        new CategoryProposal(draft).Find();
        new StatusProposal(draft).Find();
        dates.StateFormats();
        amounts.StateNumbers();
        draft.StateColumns();
        return (draft.Layout, [.. draft.Columns.Select(draft.Describe)], draft.Questions);
    }
}
