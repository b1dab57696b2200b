using Billing.Layouts;

namespace Billing.Inspection;

/// <summary>Proposes the columns of date and instant, and how dates are written.</summary>
internal sealed class DateProposal(LayoutDraft draft)
{
    private const string ExampleFormat = "dd.MM.yyyy";

    public void FindColumns()
    {
        if (!draft.IsSettled(ColumnRole.Date))
        {
            FindDate();
        }

        FindInstant();
    }

    /// <summary>States the date formats. If several columns could be the date and are written alike, their formats are stated too: the answer is then only a name.</summary>
    public void StateFormats()
    {
        if (draft.Stated.DateFormats.Count > 0)
        {
            return;
        }

        if (draft[ColumnRole.Date] is not { } column)
        {
            if (draft.Asked(ColumnRole.Date) is [ColumnProfile first, .. ColumnProfile[] others] && first.Dates.Doubt.Count == 0 && others.All(next => next.Dates.Formats.SequenceEqual(first.Dates.Formats)))
            {
                draft.Layout = draft.Layout with { DateFormats = first.Dates.Formats };
            }

            return;
        }

        if (column.Dates is { Fits: 0, Doubt.Count: 0 } && !column.IsEmpty)
        {
            // The column was stated as the date, or is an instant. If it was stated, its format is not known.
            if (draft.Stated.Date is { Length: > 0 })
            {
                AskHowWritten(column, $"Column '{column.Name}' is set as the date");
            }

            return;
        }

        if (column.Dates.Doubt is [string one, string other])
        {
            draft.Ask(
                $"Column '{column.Name}': {column.Shown} may be written {one} or {other}. Which is it? Set dateFormats.",
                [new(one, layout => layout with { DateFormats = [one] }), new(other, layout => layout with { DateFormats = [other] })],
                ExampleFormat,
                (layout, format) => layout with { DateFormats = [format] });
            return;
        }

        draft.Layout = draft.Layout with { DateFormats = column.Dates.Formats };
    }

    private void FindDate()
    {
        ColumnProfile[] known = draft.ByHeader(ColumnRole.Date);
        if (known.Length > 0 || draft.ByHeader(ColumnRole.Instant).Length > 0 || draft[ColumnRole.Instant] is not null)
        {
            draft.TakeOrAsk(ColumnRole.Date, known);
            return;
        }

        // Digits alone may be a date, but are more likely a number.
        ColumnProfile[] alike = draft.ByLook(column => column.LooksLikeDates && !column.LooksLikeNumbers);
        draft.TakeOrAsk(ColumnRole.Date, alike);
        if (alike.Length > 0)
        {
            return;
        }

        if (draft.Columns.FirstOrDefault(column => column.Synonym?.Role == ColumnRole.Date && !column.IsEmpty && !draft.IsTaken(column)) is { } named)
        {
            if (draft.Stated.DateFormats.Count > 0)
            {
                draft.Take(ColumnRole.Date, named, "its header");
                return;
            }

            AskHowWritten(named, $"Column '{named.Name}' is recognised as the date");
            return;
        }

        draft.Ask("No column holds dates. Which is the date, and how is it written? Set columns.date and dateFormats.", [.. LayoutDraft.AnswersOf(ColumnRole.Date, draft.Columns.Where(column => !draft.IsTaken(column)))]);
    }

    private void AskHowWritten(ColumnProfile column, string what)
    {
        SourceLayout Written(SourceLayout layout, string format) => layout with { Date = column.Name, DateFormats = [format] };
        draft.Ask(
            $"{what}, but its values, such as {column.Shown}, are not dates in a known format. How are they written? Set columns.date and dateFormats (\"excel\" for days as spreadsheets count them, \"unix\" for seconds since 1970).",
            [new("days as spreadsheets count them", layout => Written(layout, "excel")), new("seconds since 1970", layout => Written(layout, "unix"))],
            ExampleFormat,
            Written);
    }

    private void FindInstant()
    {
        if (!draft.IsSettled(ColumnRole.Instant))
        {
            bool dated = draft[ColumnRole.Date] is not null || draft.Asked(ColumnRole.Date).Length > 0;
            ColumnProfile[] known = [.. draft.ByHeader(ColumnRole.Instant).Where(column => !dated || column.Synonym!.Value.Rank < HeaderSynonyms.WeakInstant)];
            draft.TakeOrAsk(ColumnRole.Instant, known);
            if (known.Length == 0 && draft[ColumnRole.Date] is { HasTimesOfDay: true } date)
            {
                // A date alone would not keep them.
                draft.Take(ColumnRole.Instant, date);
            }
        }

        if (draft.Stated.TimeZone is null && draft[ColumnRole.Instant] is { LacksOffset: true } instant && !HeaderSynonyms.SaysUtc(instant.Name))
        {
            draft.Ask(
                $"Column '{instant.Name}' has no offset to UTC. In which time zone is it? Set timeZone, such as \"Pacific/Auckland\" or \"UTC\".",
                [new("UTC", layout => layout with { TimeZone = "UTC" })],
                "Pacific/Auckland",
                (layout, zone) => layout with { TimeZone = zone });
        }
    }
}
