using Billing.Texts;

namespace Billing.Settlement;

/// <summary>A pending row of the quarantine, read again.</summary>
internal sealed record PendingItem
{
    /// <summary>The row; null where only what is compared is kept.</summary>
    public QuarantinedRecord? Row { get; init; }

    public required RecordKey Key { get; init; }

    /// <summary>The run that delivered it first.</summary>
    public required string RunId { get; init; }

    public string? Scope { get; init; }

    public required DateOnly Date { get; init; }

    public string? Party { get; init; }

    /// <summary>The party as it is compared; null if there is none.</summary>
    public string? PartyForm { get; init; }

    public string? Id { get; init; }

    public required decimal Amount { get; init; }

    /// <summary>The code, as records have it.</summary>
    public required string Currency { get; init; }

    public required PendingTerms Terms { get; init; }

    /// <summary>What closed the row; null while it is open.</summary>
    public string? Resolution { get; init; }

    /// <summary>The posted record that a person named.</summary>
    public RecordKey? SettledAs { get; init; }

    /// <summary>The posted record that the layout's terms found.</summary>
    public RecordKey? PostedAs { get; init; }

    /// <summary>The delivery that left the row out.</summary>
    public string? SupersededBy { get; init; }

    /// <summary>Whether it is paired by nothing but its id.</summary>
    public bool HasId => Id is not null;

    /// <summary>The name of the column that has its id in posted records.</summary>
    public string PostedIdColumn => (Terms.PostedId ?? Terms.Id)!.Trim();

    /// <summary>The dates that its posted record can have. Ids are certain, so that a record that is dated before its pending row, as some banks date them, is one too.</summary>
    public DateSpan Window => DateSpan.Around(Date, HasId ? Terms.Days : 0, HasId ? Terms.Days : Terms.Match?.Days ?? 0);

    /// <summary>A party as it is compared: composed, without letter case, and with single blanks.</summary>
    public static string? FormOf(string? party) => string.IsNullOrWhiteSpace(party)
        ? null
        : CaseFold.Of(NormalForm.Compose(string.Join(' ', party.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
}
